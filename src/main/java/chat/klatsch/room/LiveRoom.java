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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A room in use on this JVM: who is connected, and how far each has been told. Everything happens on its pump,
 * one thing after the other; other threads only leave notes and ring. So a connection takes its seat and its first
 * messages without a race against those that come meanwhile, and each run of the pump renders all that has
 * gathered once, into one frame, for everybody.
 */
final class LiveRoom {
    private static final int PAGE = 200;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RoomId id;
    private final ChatStore store;
    private final Renderer renderer;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final RoomWriter writer;
    private final Pump pump;
    private final Queue<Runnable> notes = new ConcurrentLinkedQueue<>();

    /** Each connection with the place up to which it has been told. */
    private final Map<Connection, Long> seats = new HashMap<>();

    /** Set before the first connection enters; until then nobody needs to be told anything. */
    private volatile boolean occupied;

    private final Set<Connection> catchingUp = new HashSet<>();
    private final Presence presence = new Presence();
    private final List<Message> fresh = new ArrayList<>();
    private long cursor = -1;
    private long heard;
    private @Nullable Message last;

    /** When the pump is rung next although nobody rings. */
    private volatile Instant alarm = Instant.MAX;

    LiveRoom(
            RoomId id,
            ChatStore store,
            Renderer renderer,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer,
            Consumer<Long> rung) {
        this.id = id;
        this.store = store;
        this.renderer = renderer;
        this.clock = clock;
        this.timer = timer;
        this.pump = new Pump(executor, this::run);
        this.writer = new RoomWriter(id, store, clock, executor, messages -> {
            note(() -> fresh.addAll(messages));
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
            long seat = after.isEmpty() ? cursor : Math.min(after.getAsLong(), Math.max(cursor, store.lastSeq(id)));
            heard = Math.max(heard, seat);
            seats.put(connection, seat);
            presence.arrive(connection.user());
            if (seat == cursor) {
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
        note(() -> heard = Math.max(heard, seq));
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
            if (cursor < 0) {
                begin();
            }
            readNotes();
            tellNews();
        } catch (ChatException unavailable) {
            wakeAt(clock.instant().plus(RETRY));
        }
    }

    /** Does what the notes say. One that needs the store while it is away stays, and those behind it. */
    private void readNotes() {
        for (Runnable note; (note = notes.peek()) != null; notes.remove()) {
            note.run();
        }
    }

    private void begin() {
        long seq = store.lastSeq(id);
        last = store.after(id, seq - 1, 1).stream().findFirst().orElse(null);
        cursor = seq;
    }

    private void tellNews() {
        long from = cursor;
        List<RoomEvent> events = new ArrayList<>();
        List<Message> news = news();
        if (!news.isEmpty()) {
            events.add(new RoomEvent.Posted(Entry.sequence(last, news)));
            last = news.get(news.size() - 1);
            cursor = last.seq();
            news.forEach(message -> presence.posted(message.author()));
        }
        Instant now = clock.instant();
        events.addAll(presence.news(now));
        if (!events.isEmpty()) {
            tell(Frame.of(renderer.render(id, events)), from);
        }
        seats.forEach((connection, seat) -> {
            if (seat < cursor) {
                catchUp(connection);
            }
        });
        presence.due(now).ifPresent(this::wakeAt);
        if (cursor < heard) {
            pump.ring();
        }
    }

    private void tell(Frame frame, long from) {
        seats.replaceAll((connection, seat) -> {
            if (seat == from) {
                connection.offer(frame);
                return cursor;
            }
            return seat;
        });
    }

    /** What comes after the cursor: this JVM's own commits as they are, anything else from the store. */
    private List<Message> news() {
        List<Message> news = new ArrayList<>();
        long next = cursor + 1;
        for (Message message : fresh) {
            if (message.seq() == next) {
                news.add(message);
                next++;
            }
            heard = Math.max(heard, message.seq());
        }
        fresh.clear();
        if (news.isEmpty() && heard > cursor) {
            news.addAll(store.after(id, cursor, PAGE));
            if (news.isEmpty()) {
                heard = cursor;
            }
        }
        return news;
    }

    /** Brings a connection level, a page at a time, each when the one before has been written. */
    private void catchUp(Connection connection) {
        if (catchingUp.add(connection)) {
            connection.whenIdle(() -> note(() -> {
                catchingUp.remove(connection);
                Long seat = seats.get(connection);
                if (seat != null && seat < cursor) {
                    offerPage(connection, seat);
                }
            }));
        }
    }

    private void offerPage(Connection connection, long seat) {
        List<Message> page = store.after(id, seat - 1, PAGE + 1);
        Message previous = !page.isEmpty() && page.get(0).seq() == seat ? page.get(0) : null;
        List<Message> missed = previous == null ? page : page.subList(1, page.size());
        if (!missed.isEmpty()) {
            List<Entry> entries = Entry.sequence(previous, missed);
            connection.offer(Frame.of(renderer.render(id, List.of(new RoomEvent.Posted(entries)))));
            seats.put(connection, missed.get(missed.size() - 1).seq());
        }
        if (seats.get(connection) >= cursor) {
            offerPresence(connection);
        }
    }

    private void offerPresence(Connection connection) {
        connection.offer(Frame.of(renderer.render(id, List.of(new RoomEvent.PresenceChanged(presence.roster())))));
    }

    private void wakeAt(Instant time) {
        if (!alarm.isAfter(time)) {
            return;
        }
        alarm = time;
        long delay = Math.max(0, Duration.between(clock.instant(), time).toMillis()) + 1;
        try {
            timer.schedule(this::wake, delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The server closes: there is nobody left to tell.
        }
    }

    private void wake() {
        alarm = Instant.MAX;
        pump.ring();
    }
}
