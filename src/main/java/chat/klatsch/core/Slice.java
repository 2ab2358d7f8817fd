package chat.klatsch.core;

import java.util.List;
import java.util.Optional;

/**
 * One page of a longer list.
 *
 * @param last the last item, from which the next page continues; empty on the last page
 */
public record Slice<T>(List<T> items, Optional<T> last) {
    public Slice {
        items = List.copyOf(items);
    }

    /** Cuts a list that was read with one item more than a page, to detect whether another page follows. */
    public static <T> Slice<T> of(List<T> read, int page) {
        return read.size() > page
                ? new Slice<>(read.subList(0, page), Optional.of(read.get(page - 1)))
                : new Slice<>(read, Optional.empty());
    }
}
