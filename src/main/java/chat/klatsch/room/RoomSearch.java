package chat.klatsch.room;

import chat.klatsch.core.NormalText;
import java.util.List;
import java.util.stream.Stream;

/**
 * A search for open rooms by parts of their names, in the form in which names are compared: without case and accents.
 *
 * @param words the parts, each of which the name contains; none finds all rooms
 */
public record RoomSearch(List<String> words) {
    private static final int MAX_WORDS = 8;

    public RoomSearch {
        words = List.copyOf(words);
    }

    public static RoomSearch of(String typed) {
        List<String> words = Stream.of(NormalText.line(typed).split(" "))
                .map(RoomName::comparable)
                .filter(word -> !word.isEmpty())
                .toList();
        List<String> named =
                words.stream().filter(word -> !RoomName.isOrnament(word)).toList();
        return new RoomSearch(
                (named.isEmpty() ? words : named).stream().limit(MAX_WORDS).toList());
    }
}
