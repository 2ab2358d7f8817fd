package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.PresenceReport;
import chat.klatsch.message.LogEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room in use on this JVM. Everything happens on its pump, one thing after the other; other threads only leave notes
 * and ring. So a connection takes its seat without a race against the messages that come meanwhile, and each run of the
 * pump renders all that has gathered once for each time zone, into one frame, for everybody there.
 */
final class LiveRoom {
    private static final Logger log = LoggerFactory.getLogger(LiveRoom.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RoomId id;
    private final EventRenderer renderer;
    private final EventBus bus;
    private final Clock clock;
    private final PostQueue writer;
    private final SerialTask task;
    private final WakeUpTimer timer;
    private final RoomFeed feed;
    private final Subscribers subscribers = new Subscribers();
    private final RoomSummaryCache summaryCache;
    private final Presence presence;
    private final Queue<Runnable> notes = new ConcurrentLinkedQueue<>();
    private final AtomicLong heard = new AtomicLong();

    /** Set before the first connection enters or program listens; until then nobody needs to be told anything. */
    private final AtomicBoolean occupied = new AtomicBoolean();

    private volatile boolean closed;

    LiveRoom(RoomId id, LiveRoomContext liveRoomContext, EventRenderer renderer, EventBus bus) {
        this.id = id;
        this.renderer = renderer;
        this.bus = bus;
        this.clock = liveRoomContext.clock();
        this.feed = new RoomFeed(id, liveRoomContext.store());
        this.summaryCache = new RoomSummaryCache(() -> liveRoomContext.circles().apply(id));
        this.presence = new Presence(summaryCache);
        this.task = liveRoomContext.task(this::run);
        this.timer = liveRoomContext.timer(task::ring);
        this.writer = new PostQueue(id, liveRoomContext, entries -> {
            note(() -> feed.committed(entries));
            bus.publish(new EventBus.Event.RoomUpdated(
                    id, entries.stream().mapToLong(LogEntry::version).max().orElse(0)));
        });
    }

    PostQueue writer() {
        return writer;
    }

    Roster roster() {
        return presence.roster();
    }

    Set<UserId> people() {
        return presence.people();
    }

    /** From now on somebody wants to be told. Whoever comes in waits for it: nothing later may be said before. */
    synchronized void open() {
        if (occupied.compareAndSet(false, true)) {
            bus.attend(id, PresenceReport.NOBODY);
        }
    }

    /** Seats a connection that has seen everything up to {@code after}; without it, it is told what comes from now on. */
    void enter(Connection connection, OptionalLong after) {
        open();
        note(() -> {
            if (subscribers.subscriber(connection, feed.place(after))) {
                presence.arrive(connection.user());
            }
        });
    }

    void leave(Connection connection) {
        note(() -> {
            if (subscribers.remove(connection)) {
                presence.depart(connection.user(), clock.instant());
            }
        });
    }

    /** The room has come to this version. */
    void hear(long version) {
        heard.accumulateAndGet(version, Math::max);
        ring();
    }

    /** Its name, or who belongs to it, has changed. */
    void changed() {
        summaryCache.changed();
        ring();
    }

    void types(User user) {
        presence.types(user, clock.instant());
        ring();
    }

    void attending(String jvm, PresenceReport people) {
        presence.attending(jvm, people);
        ring();
    }

    /** Whether this JVM hears of what happens in the room on others. */
    void hearing(boolean others) {
        presence.hearing(others);
        // What has changed meanwhile has rung for nobody.
        summaryCache.changed();
        ring();
    }

    /** Called once, when it is not in use any more. It says nothing from then on: its successor may. */
    synchronized void close() {
        closed = true;
        if (occupied.get()) {
            bus.leave(id);
        }
    }

    private void note(Runnable note) {
        if (occupied.get()) {
            notes.add(note);
            task.ring();
        }
    }

    private void ring() {
        if (occupied.get()) {
            task.ring();
        }
    }

    private void run() {
        if (closed) {
            return;
        }
        try {
            feed.begin();
            summaryCache.refresh(clock.instant());
            feed.hear(heard.getAndSet(0));
            readNotes();
            tellNews();
            subscribers.forEachBehind(
                    feed.cursor(), connection -> connection.whenIdle(() -> note(() -> offerMissed(connection))));
            subscribers.greet(feed.cursor(), () -> frames(presence.state()));
        } catch (ChatException refusal) {
            // A room that has been deleted does not come back, and those who are still here are being sent away.
            if (refusal.kind() == ChatException.Kind.UNAVAILABLE) {
                timer.setFor(clock.instant().plus(RETRY));
            } else if (refusal.kind() != ChatException.Kind.NOT_FOUND) {
                throw refusal;
            }
        }
    }

    /** Does what the notes say. One that needs the store while it is away stays, and those behind it. */
    private void readNotes() {
        for (Runnable note; (note = notes.peek()) != null; notes.remove()) {
            try {
                note.run();
            } catch (ChatException unavailable) {
                throw unavailable;
            } catch (RuntimeException e) {
                log.error("A note to room {} failed", id, e);
            }
        }
    }

    private void tellNews() {
        long before = feed.cursor();
        List<RoomEvent> events = new ArrayList<>();
        List<LogEntry> entries = feed.advance();
        if (!entries.isEmpty()) {
            events.add(new RoomEvent.MessagesChanged(entries, before));
            entries.stream()
                    .filter(entry -> entry.posted() > before)
                    .forEach(entry -> presence.posted(entry.message().author()));
        }
        Instant now = clock.instant();
        events.addAll(presence.news(now));
        if (!events.isEmpty() && !subscribers.isEmpty()) {
            subscribers.tell(frames(events), before, feed.cursor());
        }
        report(now);
        presence.due().ifPresent(timer::setFor);
        if (feed.hasMore()) {
            task.ring();
        }
    }

    private synchronized void report(Instant now) {
        if (!closed) {
            presence.report(now).ifPresent(people -> bus.attend(id, people));
        }
    }

    /** Brings a connection level, a page at a time, each when the one before has been written. */
    private void offerMissed(Connection connection) {
        subscribers.offerMissed(connection, feed.cursor(), place -> {
            RoomEvent.MessagesChanged missed = new RoomEvent.MessagesChanged(feed.missedSince(place), place);
            return new Subscribers.CatchUpPage(frames(List.of(missed)), missed.version());
        });
    }

    private FramesByZone frames(List<RoomEvent> events) {
        return new FramesByZone(zone -> Frame.of(renderer.render(id, zone, events)));
    }
}
