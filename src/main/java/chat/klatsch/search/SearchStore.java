package chat.klatsch.search;

import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Optional;

/** Finds messages in the database. Thread-safe. */
public interface SearchStore {
    /**
     * Finds the newest matching messages, in their latest versions, in the rooms that the user is a member of.
     *
     * @param before limits the search to messages before this position
     * @throws chat.klatsch.core.ChatException UNAVAILABLE also for a search that takes too long
     */
    List<SearchHit> find(
            UserId viewer, SearchQuery query, SearchFilter filter, Optional<SearchCursor> before, int limit);

    /**
     * Counts the matching messages, up to a limit.
     *
     * @throws chat.klatsch.core.ChatException UNAVAILABLE also for a count that takes longer than a second
     */
    int count(UserId viewer, SearchQuery query, SearchFilter filter, int limit);
}
