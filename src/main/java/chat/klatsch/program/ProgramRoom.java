package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import chat.klatsch.room.Room;
import java.time.Instant;
import java.util.Optional;

/**
 * The lobby or a group, as a program sees it.
 *
 * @param key by which the program that has created it finds it again
 * @param members the number of members
 * @param lastSeq the sequence number of the last message, or 0
 */
public record ProgramRoom(
        RoomId id, Room.Kind kind, String name, Optional<String> key, int members, long lastSeq, Instant createdAt) {
    /** Returns the room as the application, which may do what an operator may, sees it. */
    public Room asRoom() {
        return new Room(id, kind, name, Optional.empty(), Optional.empty(), false, Optional.empty(), true);
    }
}
