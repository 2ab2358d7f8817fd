package chat.klatsch.admin;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.Room;
import java.util.Optional;

/**
 * The public room or a group, as operators see it.
 *
 * @param owner whose it is
 * @param ownerless whether it is a group whose owner is gone: deleted or banned
 * @param messages how many have been written in it
 */
public record AdminRoom(
        RoomId id, String name, Room.Kind kind, Optional<User> owner, boolean ownerless, int members, long messages) {
    public boolean isGroup() {
        return kind != Room.Kind.PUBLIC;
    }
}
