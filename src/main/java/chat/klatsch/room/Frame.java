package chat.klatsch.room;

import java.nio.charset.StandardCharsets;

/**
 * What happened in a room, rendered once for everybody in it.
 *
 * @param text the fragments that the browser swaps in; frames may be joined end to end
 * @param bytes the size of the text in UTF-8
 */
public record Frame(String text, int bytes) {
    public static Frame of(String text) {
        return new Frame(text, text.getBytes(StandardCharsets.UTF_8).length);
    }
}
