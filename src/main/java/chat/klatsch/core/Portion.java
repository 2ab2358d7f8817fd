package chat.klatsch.core;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param last the last item, after which the next page begins, if there is one
 */
public record Portion<T>(List<T> items, Optional<T> last) {
    public Portion {
        items = List.copyOf(items);
    }

    /** The first of them; of those that were read one is beyond the page, if there are more. */
    public static <T> Portion<T> of(List<T> read, int page) {
        return read.size() > page
                ? new Portion<>(read.subList(0, page), Optional.of(read.get(page - 1)))
                : new Portion<>(read, Optional.empty());
    }
}
