package chat.klatsch.admin;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.Room;
import java.util.Optional;

/**
 * The lobby or a group, as shown to operators.
 *
 * @param ownerless whether the room is a group whose owner is deleted or banned
 * @param messages the number of messages ever posted
 */
public record AdminRoom(
        RoomId id, String name, Room.Kind kind, Optional<User> owner, boolean ownerless, int members, long messages) {
    public boolean isGroup() {
        return kind != Room.Kind.PUBLIC;
    }
}
