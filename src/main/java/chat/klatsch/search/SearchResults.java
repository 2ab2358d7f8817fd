package chat.klatsch.search;

import java.util.List;
import java.util.Optional;

/**
 * A page of what was found, newest first.
 *
 * @param more the place before which there is more
 */
public record SearchResults(List<SearchHit> hits, Optional<SearchCursor> more) {
    public SearchResults {
        hits = List.copyOf(hits);
    }
}
