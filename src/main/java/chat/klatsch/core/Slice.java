package chat.klatsch.core;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param last the last item, after which the next page begins, if there is one
 */
public record Slice<T>(List<T> items, Optional<T> last) {
    public Slice {
        items = List.copyOf(items);
    }

    /** The first of them; of those that were read one is beyond the page, if there are more. */
    public static <T> Slice<T> of(List<T> read, int page) {
        return read.size() > page
                ? new Slice<>(read.subList(0, page), Optional.of(read.get(page - 1)))
                : new Slice<>(read, Optional.empty());
    }
}
