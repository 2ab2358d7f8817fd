package chat.klatsch.search;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ConcurrencyLimiter;
import chat.klatsch.core.Slice;
import chat.klatsch.core.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Searches the messages in a user's own rooms, and lists the mentions, a page at a time, newest first. Thread-safe. */
public final class SearchService {
    /** The number of results on a page. */
    public static final int PAGE_SIZE = 20;

    /** The highest number of results that is told. */
    public static final int MAX_COUNT = 1_000;

    private final SearchStore store;
    private final MentionStore mentionStore;
    private final UserTurns turns = new UserTurns();

    /** Two at a time: a search may take seconds, and everything else needs the database, too. */
    private final ConcurrencyLimiter limiter =
            new ConcurrencyLimiter(2, Duration.ofSeconds(3), "refusal.searches", Duration.ofSeconds(3));

    public SearchService(SearchStore store, MentionStore mentionStore) {
        this.store = store;
        this.mentionStore = mentionStore;
    }

    /**
     * Finds a page of results.
     *
     * @param before the cursor of the page; empty for the first page
     * @throws ChatException TOO_MANY while another search of the user is running, UNAVAILABLE also for a search that takes
     *     too long, and while too many searches are running
     */
    public SearchResults find(User viewer, SearchQuery query, SearchFilter filter, Optional<SearchCursor> before) {
        if (query.isEmpty()) {
            return new SearchResults(List.of(), Optional.empty());
        }
        List<SearchHit> found = turns.run(
                viewer.id(), () -> limiter.run(() -> store.find(viewer.id(), query, filter, before, PAGE_SIZE + 1)));
        return page(found);
    }

    /**
     * Returns the number of results on all pages, one more than {@link #MAX_COUNT} if there are more, or nothing if
     * counting takes too long.
     */
    public OptionalInt count(User viewer, SearchQuery query, SearchFilter filter) {
        try {
            return OptionalInt.of(turns.run(
                    viewer.id(), () -> limiter.run(() -> store.count(viewer.id(), query, filter, MAX_COUNT + 1))));
        } catch (ChatException tooSlow) {
            return OptionalInt.empty();
        }
    }

    /** Returns a page of the messages that mention the viewer, newest first, in rooms that the viewer can see. */
    public SearchResults mentions(User viewer, Optional<SearchCursor> before) {
        return page(mentionStore.mentions(viewer.id(), before, PAGE_SIZE + 1));
    }

    private static SearchResults page(List<SearchHit> found) {
        Slice<SearchHit> page = Slice.of(found, PAGE_SIZE);
        return new SearchResults(page.items(), page.last().map(SearchHit::cursor));
    }
}
