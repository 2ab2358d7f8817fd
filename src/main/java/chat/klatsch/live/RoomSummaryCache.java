package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Caches a room's name and members. Reads them again after a change, at most once a second, so a thousand new members
 * cost a handful of queries. Confined to the room's serial task, except for {@link #invalidate}.
 */
final class RoomSummaryCache {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Supplier<Optional<RoomSummary>> store;
    private final AtomicBoolean stale = new AtomicBoolean(true);
    private RoomSummary summary = RoomSummary.UNKNOWN;
    private Optional<RoomEvent> broadcastName = Optional.empty();
    private Instant readAt = Instant.EPOCH;
    private long version;

    RoomSummaryCache(Supplier<Optional<RoomSummary>> store) {
        this.store = store;
    }

    /** Any thread. */
    void invalidate() {
        stale.set(true);
    }

    /** Users have new names. */
    void onRenamed(Set<UserId> users) {
        if (summary.first().stream().map(User::id).anyMatch(users::contains)) {
            invalidate();
        }
    }

    /** Reads the summary again if it is stale and due. @throws ChatException UNAVAILABLE; it stays stale then */
    void refresh(Instant now) {
        if (stale.get() && !now.isBefore(readAt.plus(INTERVAL))) {
            stale.set(false);
            try {
                store.get().filter(read -> !read.equals(summary)).ifPresent(read -> {
                    summary = read;
                    version++;
                });
            } catch (RuntimeException e) {
                stale.set(true);
                throw e;
            }
            readAt = now;
        }
    }

    RoomSummary summary() {
        return summary;
    }

    /** Returns a number that rises with each change of the summary. */
    long version() {
        return version;
    }

    /** Returns the room's name if it has changed since the last call. */
    List<RoomEvent> changes() {
        Optional<RoomEvent> name = name();
        if (name.equals(broadcastName)) {
            return List.of();
        }
        broadcastName = name;
        return name.stream().toList();
    }

    /** Returns the name of a group; other rooms cannot be renamed. */
    Optional<RoomEvent> name() {
        return summary.kind() == Room.Kind.OPEN || summary.kind() == Room.Kind.CLOSED
                ? Optional.of(new RoomEvent.RoomChanged(summary.name(), summary.kind()))
                : Optional.empty();
    }

    Optional<Instant> nextRefresh() {
        return stale.get() ? Optional.of(readAt.plus(INTERVAL)) : Optional.empty();
    }
}
