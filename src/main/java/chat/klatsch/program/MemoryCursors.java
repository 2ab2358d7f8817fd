package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How far a subscription of this node has got since it began. */
final class MemoryCursors implements Cursors {
    private final ChangeStore store;
    private final Map<RoomId, Position> positions = new HashMap<>();
    private long members;

    /** Begins after everything that is there. */
    MemoryCursors(ChangeStore store, Optional<RoomId> only) {
        this.store = store;
        this.members = store.memberVersion();
        store.current(only.map(Set::of)).forEach(this::advance);
    }

    @Override
    public boolean hold() {
        return true;
    }

    @Override
    public List<RoomBehind> behind(Optional<Set<RoomId>> among) {
        List<Position> current = store.current(among);
        if (among.isEmpty()) {
            // Rooms that are deleted have no position.
            positions.keySet().retainAll(current.stream().map(Position::room).collect(Collectors.toSet()));
        }
        return current.stream()
                .map(now -> new RoomBehind(positions.getOrDefault(now.room(), Position.start(now.room())), now.read()))
                .filter(room -> room.version() > room.position().read())
                .limit(MAX_ROOMS)
                .toList();
    }

    @Override
    public boolean advance(Position position) {
        positions.put(position.room(), position);
        return true;
    }

    @Override
    public long memberVersion() {
        return members;
    }

    @Override
    public boolean advanceMembers(long version) {
        members = version;
        return true;
    }

    @Override
    public void renew() {}

    @Override
    public void release() {}
}
