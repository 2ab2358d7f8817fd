package chat.klatsch.web.markup;

import chat.klatsch.account.NewAccount;
import chat.klatsch.markup.MentionCandidates;
import chat.klatsch.markup.MessageText;
import chat.klatsch.markup.Node;
import chat.klatsch.message.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a message's text for its HTML. Thread-safe. */
final class Markup {
    private static final Set<Byte> DIRECTIONS = Set.of(
            Character.DIRECTIONALITY_LEFT_TO_RIGHT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);

    private Markup() {}

    static List<Node> parse(Message message) {
        return MessageText.parse(
                message.body(), MentionCandidates.mayMention(message.body()) ? named(message) : Set.of());
    }

    /** Returns the members who are mentioned, and the author, whom no mention notifies. */
    private static Set<String> named(Message message) {
        Set<String> named = new HashSet<>(message.mentioned());
        named.add(NewAccount.comparable(message.author().username()));
        return named;
    }

    /**
     * Returns whether the last line is written in the opposite direction of the whole text. The first letter decides the
     * direction of each, as in the browser.
     */
    static boolean endsInOppositeDirection(String body) {
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
}
