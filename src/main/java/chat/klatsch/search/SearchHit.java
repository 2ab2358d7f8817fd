package chat.klatsch.search;

import chat.klatsch.core.User;
import chat.klatsch.room.Room;
import java.time.Instant;

/** A message that was found, in the room as the one who looks knows it. */
public record SearchHit(Room room, long seq, User author, String body, Instant postedAt) {
    SearchCursor place() {
        return new SearchCursor(postedAt, room.id(), seq);
    }
}
