package chat.klatsch.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * A room in use on this JVM: who is connected, and how far each has been told. Everything happens on its pump, one
 * thing after the other; other threads only leave notes and ring. So a connection takes its seat without a race
 * against the messages that come meanwhile, and each run of the pump renders all that has gathered once, into one
 * frame, for everybody.
 */
final class LiveRoom {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RoomId id;
    private final Renderer renderer;
    private final Clock clock;
    private final RoomWriter writer;
    private final Pump pump;
    private final Alarm alarm;
    private final Queue<Runnable> notes = new ConcurrentLinkedQueue<>();
    private final Timeline timeline;
    private final Presence presence = new Presence();

    /** Each connection with the place up to which it has been told. */
    private final Map<Connection, Long> seats = new HashMap<>();

    private final Set<Connection> catchingUp = new HashSet<>();

    /** Set before the first connection enters; until then nobody needs to be told anything. */
    private volatile boolean occupied;

    /** @param rung told of the place of each commit, after it */
    LiveRoom(
            RoomId id,
            ChatStore store,
            Renderer renderer,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer,
            Consumer<Long> rung) {
        this.id = id;
        this.renderer = renderer;
        this.clock = clock;
        this.timeline = new Timeline(id, store);
        this.pump = new Pump(executor, this::run);
        this.alarm = new Alarm(clock, timer, pump::ring);
        this.writer = new RoomWriter(id, store, clock, executor, messages -> {
            note(() -> timeline.committed(messages));
            rung.accept(messages.stream().mapToLong(Message::seq).max().orElse(0));
        });
    }

    RoomWriter writer() {
        return writer;
    }

    Roster roster() {
        return presence.roster();
    }

    /** Seats a connection that has seen everything up to {@code after}; without it, it is told what comes from now on. */
    void enter(Connection connection, OptionalLong after) {
        occupied = true;
        note(() -> {
            long place = timeline.place(after);
            seats.put(connection, place);
            presence.arrive(connection.user());
            if (place == timeline.cursor()) {
                offerPresence(connection);
            }
        });
    }

    void leave(Connection connection) {
        note(() -> {
            if (seats.remove(connection) != null) {
                presence.depart(connection.user(), clock.instant());
            }
        });
    }

    void hear(long seq) {
        note(() -> timeline.hear(seq));
    }

    void types(User user) {
        note(() -> presence.types(user, clock.instant()));
    }

    void forEach(Consumer<Connection> action) {
        note(() -> List.copyOf(seats.keySet()).forEach(action));
    }

    private void note(Runnable note) {
        if (occupied) {
            notes.add(note);
            pump.ring();
        }
    }

    private void run() {
        try {
            timeline.begin();
            readNotes();
            tellNews();
            bringLevel();
        } catch (ChatException unavailable) {
            alarm.setFor(clock.instant().plus(RETRY));
        }
    }

    /** Does what the notes say. One that needs the store while it is away stays, and those behind it. */
    private void readNotes() {
        for (Runnable note; (note = notes.peek()) != null; notes.remove()) {
            note.run();
        }
    }

    private void tellNews() {
        long before = timeline.cursor();
        List<RoomEvent> events = new ArrayList<>();
        List<Entry> entries = timeline.advance();
        if (!entries.isEmpty()) {
            events.add(new RoomEvent.Posted(entries));
            entries.forEach(entry -> presence.posted(entry.message().author()));
        }
        Instant now = clock.instant();
        events.addAll(presence.news(now));
        if (!events.isEmpty()) {
            tell(frame(events), before);
        }
        presence.due(now).ifPresent(alarm::setFor);
        if (timeline.hasMore()) {
            pump.ring();
        }
    }

    /** Offers the frame to those who have kept up. */
    private void tell(Frame frame, long before) {
        seats.replaceAll((connection, place) -> {
            if (place != before) {
                return place;
            }
            connection.offer(frame);
            return timeline.cursor();
        });
    }

    /** Brings those who have fallen back level, a page at a time, each when the one before has been written. */
    private void bringLevel() {
        seats.forEach((connection, place) -> {
            if (place < timeline.cursor() && catchingUp.add(connection)) {
                connection.whenIdle(() -> note(() -> offerMissed(connection)));
            }
        });
    }

    private void offerMissed(Connection connection) {
        Long place = seats.get(connection);
        List<Entry> missed = place == null ? List.of() : timeline.missedSince(place);
        catchingUp.remove(connection);
        if (!missed.isEmpty()) {
            RoomEvent.Posted posted = new RoomEvent.Posted(missed);
            connection.offer(frame(List.of(posted)));
            seats.put(connection, posted.last());
            if (posted.last() >= timeline.cursor()) {
                offerPresence(connection);
            }
        }
    }

    private void offerPresence(Connection connection) {
        connection.offer(frame(presence.state()));
    }

    private Frame frame(List<RoomEvent> events) {
        return Frame.of(renderer.render(id, events));
    }
}
