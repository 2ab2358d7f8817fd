package chat.klatsch.search;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Optional;

/** Where messages are found. Thread-safe. */
public interface SearchStore {
    /**
     * The newest messages with all that is looked for, in the rooms that this person belongs to, as they are now.
     *
     * @param room only those in this room
     * @param before only those before this place
     * @throws chat.klatsch.core.ChatException UNAVAILABLE also when it takes too long
     */
    List<SearchHit> find(
            UserId viewer, SearchQuery query, Optional<RoomId> room, Optional<SearchCursor> before, int limit);
}
