package chat.klatsch.search;

import java.util.List;
import java.util.Optional;

/**
 * A page of what was found, newest first.
 *
 * @param more the place before which there is more
 */
public record Found(List<Hit> hits, Optional<Place> more) {
    public Found {
        hits = List.copyOf(hits);
    }
}
