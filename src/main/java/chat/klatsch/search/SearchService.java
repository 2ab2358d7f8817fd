package chat.klatsch.search;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ConcurrencyLimiter;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finding what was said, a page at a time, newest first. Nobody finds anything where they do not belong. Thread-safe. */
public final class SearchService {
    /** How many messages a page shows. */
    public static final int PAGE = 20;

    private final SearchStore store;

    /** Two at once: a search may take seconds, and all else needs the database, too. */
    private final ConcurrencyLimiter turns = new ConcurrencyLimiter(
            2, Duration.ofSeconds(3), "Many people are searching just now. Please try again.", Duration.ofSeconds(3));

    public SearchService(SearchStore store) {
        this.store = store;
    }

    /**
     * @param room where to look; in all of this person's rooms when it is empty
     * @throws ChatException UNAVAILABLE also when it takes too long, or too many search at once
     */
    public SearchResults find(User viewer, SearchQuery query, Optional<RoomId> room, Optional<SearchCursor> before) {
        if (query.isEmpty()) {
            return new SearchResults(List.of(), Optional.empty());
        }
        List<SearchHit> hits = turns.take(() -> store.find(viewer.id(), query, room, before, PAGE + 1));
        if (hits.size() <= PAGE) {
            return new SearchResults(hits, Optional.empty());
        }
        return new SearchResults(
                hits.subList(0, PAGE), Optional.of(hits.get(PAGE - 1).place()));
    }
}
