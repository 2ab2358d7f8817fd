package chat.klatsch.search;

import chat.klatsch.core.User;
import chat.klatsch.room.Room;
import java.time.Instant;

/** A message that matches a search, and its room as the searching user sees it. */
public record SearchHit(Room room, long seq, User author, String body, Instant postedAt) {
    SearchCursor cursor() {
        return new SearchCursor(postedAt, room.id(), seq);
    }
}
