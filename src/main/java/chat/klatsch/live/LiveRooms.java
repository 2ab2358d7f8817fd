package chat.klatsch.live;

import chat.klatsch.core.RoomId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The rooms in use on this JVM: each is there as long as somebody is in it or writes to it. Thread-safe. */
final class LiveRooms {
    /** A live room and for how many connections and posts it is kept. */
    private record Use(LiveRoom room, int count) {}

    private final Function<RoomId, LiveRoom> opening;
    private final Map<RoomId, Use> inUse = new ConcurrentHashMap<>();

    LiveRooms(Function<RoomId, LiveRoom> opening) {
        this.opening = opening;
    }

    /** The room, kept until it is released as often as it was taken. */
    LiveRoom take(RoomId id) {
        return inUse.compute(
                        id,
                        (key, use) ->
                                use == null ? new Use(opening.apply(id), 1) : new Use(use.room(), use.count() + 1))
                .room();
    }

    void release(RoomId id) {
        inUse.computeIfPresent(id, (key, use) -> {
            if (use.count() > 1) {
                return new Use(use.room(), use.count() - 1);
            }
            // In here, so that it cannot come after the opening of its successor.
            use.room().close();
            return null;
        });
    }

    void ifInUse(RoomId id, Consumer<LiveRoom> action) {
        find(id).ifPresent(action);
    }

    void forEach(Consumer<LiveRoom> action) {
        inUse.values().forEach(use -> action.accept(use.room()));
    }

    Set<RoomId> ids() {
        return Set.copyOf(inUse.keySet());
    }

    Optional<LiveRoom> find(RoomId id) {
        return Optional.ofNullable(inUse.get(id)).map(Use::room);
    }
}
