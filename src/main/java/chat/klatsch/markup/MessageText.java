package chat.klatsch.markup;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the text of a message: the few marks of Markdown that people use in a chat, links and mentions. No character is
 * lost except the marks of what is drawn. Thread-safe.
 */
public final class MessageText {
    /** Something without which a text has no marks, links or mentions. */
    private static final Pattern MARK = Pattern.compile("[*_~`\\[@\uff20]|://|(?m:^[->])|(?i:www\\.)");

    private MessageText() {}

    /**
     * Parses a text.
     *
     * @param mentioned the usernames of the mentioned users, in lower case; all other names are text
     */
    public static List<Node> parse(String text, Set<String> mentioned) {
        if (!MARK.matcher(text).find()) {
            return List.of(new Node.Text(text));
        }
        return new BlockParser(
                        text,
                        names -> names.stream().filter(mentioned::contains).findFirst())
                .parse();
    }
}
