package chat.klatsch.web.room;

import chat.klatsch.message.Emoji;
import chat.klatsch.message.EmojiList;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The emoji to react to a message with that a search finds; all of them for a search without words.
 *
 * @param skip the number of earlier results
 * @param found one more than are shown, if there are more
 */
public record EmojiResults(MessageView view, String words, int skip, List<Emoji> found) {
    private static final int SHOWN = 96;

    static EmojiResults of(MessageView view, String words, int skip) {
        return new EmojiResults(
                view, words, skip, EmojiList.search(words, view.site().texts().locale(), skip, SHOWN + 1));
    }

    public List<Emoji> shown() {
        return moreLeft() ? found.subList(0, SHOWN) : found;
    }

    public boolean moreLeft() {
        return found.size() > SHOWN;
    }

    /** Returns the address of the results that follow. */
    public String next() {
        String query = "?skip=" + (skip + SHOWN) + "&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
        return view.path("/emoji" + query);
    }
}
