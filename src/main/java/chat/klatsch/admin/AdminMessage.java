package chat.klatsch.admin;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import java.time.Instant;

/** A message in the lobby or a group, as shown to operators. */
public record AdminMessage(Id id, String roomName, User author, String body, Instant at) {
    /** The room and the sequence number, which identify a message. */
    public record Id(RoomId room, long seq) {}
}
