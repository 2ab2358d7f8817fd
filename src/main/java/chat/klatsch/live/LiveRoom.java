package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.MonotonicClock;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.PresenceReport;
import chat.klatsch.message.LogEntry;
import chat.klatsch.profile.NameChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A room in use on this node. One serial task does all the work; other threads only add actions and wake it. A connection
 * is added inside the task, so it cannot miss a message that is broadcast meanwhile. Each run renders everything that has
 * gathered as one frame per {@link EventRenderer.Style}.
 */
final class LiveRoom {
    private final MonotonicClock clock;
    private final PostQueue posts;
    private final SerialTask task;
    private final WakeUpTimer timer;
    private final RoomFeed feed;
    private final Subscribers subscribers;
    private final RoomSummaryCache summaryCache;
    private final Presence presence;
    private final DeferredActions actions = new DeferredActions();
    private final AtomicLong announcedVersion = new AtomicLong();
    private final RoomNames names;
    private final PresenceReporter reporter;
    private volatile boolean watched;

    LiveRoom(RoomId id, LiveRoomContext context) {
        this.clock = context.elapsed();
        this.feed = new RoomFeed(id, context.store());
        this.subscribers = new Subscribers(
                events -> new FramesByStyle(style -> context.renderer().render(style, events)));
        this.summaryCache = new RoomSummaryCache(() -> context.summaries().apply(id));
        this.presence = new Presence(summaryCache, users -> context.members().apply(id, users), context.online());
        this.names = new RoomNames(context.names(), presence, subscribers, summaryCache);
        this.reporter = new PresenceReporter(id, context.bus());
        this.task = context.task(this::run);
        this.timer = context.timer(task::wake);
        this.posts = new PostQueue(id, context, entries -> {
            defer(() -> feed.onCommitted(entries));
            context.bus()
                    .publish(new EventBus.Event.RoomUpdated(
                            id,
                            entries.stream().mapToLong(LogEntry::version).max().orElse(0)));
        });
    }

    PostQueue posts() {
        return posts;
    }

    Presence presence() {
        return presence;
    }

    /** Has the other nodes report who is in the room. */
    void watch() {
        reporter.open();
        watched = true;
        wake();
    }

    /** Returns whether the other nodes have been asked who is in the room. */
    boolean isWatched() {
        return watched;
    }

    /**
     * Adds a connection that has seen everything up to {@code after}, or that wants only what comes from now on.
     *
     * @param named the version of the names that its page shows, if it shows any
     */
    void enter(Connection connection, OptionalLong after, OptionalLong named) {
        reporter.open();
        watched = true;
        defer(() -> {
            if (subscribers.add(connection, feed.clientCursor(after), named)) {
                presence.join(connection.user());
            }
        });
    }

    void leave(Connection connection) {
        defer(() -> {
            if (subscribers.remove(connection)) {
                presence.leave(connection.user(), clock.instant());
            }
        });
    }

    /** Takes note of a version, which the next run compares with the store. */
    void onVersion(long version) {
        announcedVersion.accumulateAndGet(version, Math::max);
        wake();
    }

    /** The room has changed, or this user's membership, or all memberships if the user is null. */
    void onRoomChanged(@Nullable UserId user) {
        summaryCache.invalidate();
        presence.invalidate(user);
        wake();
    }

    void onNamesChanged(List<NameChange> changes) {
        defer(() -> names.onChanged(changes));
    }

    void onTyping(UserId user) {
        presence.onTyping(user, clock.instant());
        wake();
    }

    void onPresenceReported(String node, PresenceReport report) {
        presence.onReport(node, report);
        wake();
    }

    /** A member has opened the first page or closed the last one. */
    void onOnlineChanged() {
        wake();
    }

    void onAvailabilityChanged(boolean available) {
        presence.onAvailabilityChanged(available);
        onRoomChanged(null);
    }

    /** Ends it for good. */
    void close() {
        reporter.close();
    }

    private void defer(Runnable action) {
        if (reporter.isOpen()) {
            actions.add(action);
            task.wake();
        }
    }

    private void wake() {
        if (reporter.isOpen()) {
            task.wake();
        }
    }

    private void run() {
        if (reporter.isClosed()) {
            return;
        }
        try {
            feed.start();
            summaryCache.refresh(clock.instant());
            presence.refresh(clock.instant());
            feed.onVersion(announcedVersion.getAndSet(0));
            actions.runAll();
            broadcast();
            subscribers.forEachBehind(
                    feed.cursor(),
                    connection -> connection.whenIdle(() -> defer(() -> subscribers.offerMissed(connection, feed))));
            subscribers.sendInitialState(feed.cursor(), presence::state, names::changedSince);
        } catch (ChatException refusal) {
            // NOT_FOUND: the room was deleted, and its connections are being closed.
            if (refusal.kind() == ChatException.Kind.UNAVAILABLE) {
                timer.retry();
            } else if (refusal.kind() != ChatException.Kind.NOT_FOUND) {
                throw refusal;
            }
        }
    }

    private void broadcast() {
        long before = feed.cursor();
        List<RoomEvent> events = new ArrayList<>();
        feed.advance().ifPresent(changed -> {
            events.add(changed);
            presence.onMessages(changed);
        });
        Instant now = clock.instant();
        events.addAll(presence.changes(now));
        subscribers.broadcast(events, before, feed.cursor());
        names.broadcast(feed.cursor());
        presence.nextReport(now).ifPresent(reporter::report);
        presence.nextDeadline().ifPresent(timer::setFor);
        if (feed.hasMore()) {
            task.wake();
        }
    }
}
