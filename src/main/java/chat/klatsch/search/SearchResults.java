package chat.klatsch.search;

import java.util.List;
import java.util.Optional;

/**
 * A page of results, newest first.
 *
 * @param next the cursor of the next page; empty on the last page
 */
public record SearchResults(List<SearchHit> hits, Optional<SearchCursor> next) {
    public SearchResults {
        hits = List.copyOf(hits);
    }
}
