package chat.klatsch.admin;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import java.time.Instant;

/** A message in the public room or a group, as operators see it. */
public record AdminMessage(Place place, String roomName, User author, String body, Instant at) {
    /** Where it stands. */
    public record Place(RoomId room, long seq) {}
}
