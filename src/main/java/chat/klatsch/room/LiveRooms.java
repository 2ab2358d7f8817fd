package chat.klatsch.room;

import java.util.Map;
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
        inUse.computeIfPresent(id, (key, use) -> use.count() == 1 ? null : new Use(use.room(), use.count() - 1));
    }

    void ifInUse(RoomId id, Consumer<LiveRoom> action) {
        Use use = inUse.get(id);
        if (use != null) {
            action.accept(use.room());
        }
    }

    Roster roster(RoomId id) {
        Use use = inUse.get(id);
        return use == null ? Roster.EMPTY : use.room().roster();
    }
}
