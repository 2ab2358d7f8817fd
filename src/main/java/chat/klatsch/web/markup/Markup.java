package chat.klatsch.web.markup;

import chat.klatsch.account.NewAccount;
import chat.klatsch.markup.EmojiOnly;
import chat.klatsch.markup.MentionCandidates;
import chat.klatsch.markup.MessageText;
import chat.klatsch.markup.Node;
import chat.klatsch.message.Message;
import chat.klatsch.web.view.Site;
import gg.jte.Content;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders a message's text as HTML. Thread-safe. */
public final class Markup {
    private static final Set<Byte> DIRECTIONS = Set.of(
            Character.DIRECTIONALITY_LEFT_TO_RIGHT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);

    private static final Logger log = LoggerFactory.getLogger(Markup.class);

    private Markup() {}

    /** Returns the content of a message's {@code .body} element. */
    public static Content of(Site site, Message message) {
        List<Node> nodes = parse(message);
        return output -> new MarkupHtmlWriter(site, output).write(nodes);
    }

    /** Returns whether the message consists of a few emoji, which are shown large. */
    public static boolean isLarge(Message message) {
        return EmojiOnly.matches(message.body());
    }

    /**
     * Returns whether the last line is written in the opposite direction of the whole text. The first letter decides the
     * direction of each, as in the browser.
     */
    public static boolean endsInOppositeDirection(Message message) {
        String body = message.body();
        return isRightToLeft(body) != isRightToLeft(body.substring(body.lastIndexOf('\n') + 1));
    }

    private static boolean isRightToLeft(String text) {
        return text.codePoints()
                .mapToObj(Character::getDirectionality)
                .filter(DIRECTIONS::contains)
                .findFirst()
                .map(direction -> direction != Character.DIRECTIONALITY_LEFT_TO_RIGHT)
                .orElse(false);
    }

    /** Returns the members who are mentioned, and the author, whom no mention notifies. */
    private static Set<String> named(Message message) {
        Set<String> named = new HashSet<>(message.mentioned());
        named.add(NewAccount.comparable(message.author().username()));
        return named;
    }

    private static List<Node> parse(Message message) {
        try {
            return MessageText.parse(
                    message.body(), MentionCandidates.mayMention(message.body()) ? named(message) : Set.of());
        } catch (RuntimeException e) {
            // A message that fails to render would otherwise block all later messages of the room.
            log.error("Formatting a message failed; showing it as written", e);
            return List.of(new Node.Text(message.body()));
        }
    }
}
