package chat.klatsch.house;

import chat.klatsch.room.RoomId;
import chat.klatsch.room.User;
import java.time.Instant;

/** A message in the public room or a group, as operators see it. */
public record Remark(Place place, String roomName, User author, String body, Instant at) {
    /** Where it stands. */
    public record Place(RoomId room, long seq) {}
}
