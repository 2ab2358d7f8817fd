package chat.klatsch.account;

import chat.klatsch.room.ChatException;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What somebody wants to be called, found acceptable: one visible line in any script, in the form NFC. Characters that do
 * not show, turn the direction of the text around them or join others are refused, and with them the few emoji that are
 * joined out of several. Its length is counted as browsers do, in UTF-16.
 */
public record DisplayName(String text) {
    public static final int LONGEST = 40;

    private static final String INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0";

    /** Letters of other alphabets, and below each the letter of a username that it looks like. */
    private static final String LOOKALIKES = "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb"
            + "\u051b\u051d\u0475\u04cf\u03b1\u03bf\u03c1\u03bd\u03b9\u03c5\u03ba\u03c7\u0131\u0251\u0261\u0578\u057d"
            + "\u0432\u043d\u043c\u0442\u043a\u03b2\u03b5\u03b6\u03b7\u03bc\u03c4";

    private static final String LOOKED_LIKE = "aeopcyxijsdhqwvlaopviukxiagnubhmtkbezhmt";

    /** @throws ChatException INVALID with what is wrong; a blank name is none */
    public DisplayName {
        text = Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("\\p{Zs}+", " ")
                .strip();
        if (text.length() > LONGEST) {
            throw invalid("A name has at most " + LONGEST + " characters.");
        }
        if (text.codePoints().anyMatch(DisplayName::isUnfit)) {
            throw invalid("The name has characters that cannot be seen.");
        }
        if (text.codePoints().noneMatch(DisplayName::isVisible)) {
            throw invalid("A name needs something to see.");
        }
    }

    /**
     * The username that this name could be taken for: the same but for case, spaces, an @ in front, width and style of
     * letters (NFKC), and letters of the Cyrillic, Greek and Armenian alphabets that look Latin, as
     * capitals at least. Not caught are
     * look-alikes within ASCII (1 for l, rn for m), accents, additions ("alice.", "the alice"), other alphabets, and
     * names that look like the display name of somebody else: the @username beside it tells people apart.
     */
    String lookalike() {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+|^@", "");
        StringBuilder latin = new StringBuilder(folded.length());
        folded.chars()
                .map(letter -> LOOKALIKES.indexOf(letter) < 0 ? letter : LOOKED_LIKE.charAt(LOOKALIKES.indexOf(letter)))
                .forEach(letter -> latin.append((char) letter));
        return latin.toString();
    }

    private static boolean isUnfit(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> INVISIBLE.indexOf(character) >= 0;
        };
    }

    /** Not a space, and not a mark that needs a letter to stand on. */
    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            default -> true;
        };
    }

    private static ChatException invalid(String reason) {
        return new ChatException(ChatException.Kind.INVALID, reason);
    }
}
