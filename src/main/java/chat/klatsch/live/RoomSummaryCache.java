package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What a room is called and who belongs to it, as far as its people on this JVM have been told. Read again when it has
 * changed, at most once a second: a thousand who join are a handful of queries. Used by the room's pump alone, but for
 * {@link #changed}.
 */
final class RoomSummaryCache {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Supplier<Optional<RoomSummary>> store;
    private final AtomicBoolean stale = new AtomicBoolean(true);
    private RoomSummary summary = RoomSummary.UNKNOWN;
    private Optional<RoomEvent> told = Optional.empty();
    private Instant readAt = Instant.EPOCH;
    private long changes;

    RoomSummaryCache(Supplier<Optional<RoomSummary>> store) {
        this.store = store;
    }

    /** It is to be read again. Any thread. */
    void changed() {
        stale.set(true);
    }

    /** @throws ChatException UNAVAILABLE; it is to be tried again then */
    void refresh(Instant now) {
        if (stale.get() && !now.isBefore(readAt.plus(PAUSE))) {
            stale.set(false);
            try {
                store.get().filter(read -> !read.equals(summary)).ifPresent(read -> {
                    summary = read;
                    changes++;
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

    /** Rises whenever it is another. */
    long changes() {
        return changes;
    }

    /** The name, if it is another than was told. */
    List<RoomEvent> news() {
        Optional<RoomEvent> name = name();
        if (name.equals(told)) {
            return List.of();
        }
        told = name;
        return name.stream().toList();
    }

    /** What the room is called, where that can change and is the same for everybody. */
    Optional<RoomEvent> name() {
        return summary.kind() == Room.Kind.OPEN || summary.kind() == Room.Kind.CLOSED
                ? Optional.of(new RoomEvent.RoomChanged(summary.name(), summary.kind()))
                : Optional.empty();
    }

    /** When it is to be read again. */
    Optional<Instant> due() {
        return stale.get() ? Optional.of(readAt.plus(PAUSE)) : Optional.empty();
    }
}
