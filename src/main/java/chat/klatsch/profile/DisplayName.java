package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Confusables;
import chat.klatsch.core.TextRules;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What somebody wants to be called, found acceptable: one visible line in any script, in the form NFC. Characters that do
 * not show, turn the direction of the text around them or join others are refused, and with them the few emoji that are
 * joined out of several. Its length is counted as browsers do, in UTF-16.
 */
public record DisplayName(String text) {
    public static final int LONGEST = 40;

    /** @throws ChatException INVALID with what is wrong; a blank name is none */
    public DisplayName {
        text = Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("\\p{Zs}+", " ")
                .strip();
        if (text.length() > LONGEST) {
            throw invalid("A name has at most " + LONGEST + " characters.");
        }
        if (text.codePoints()
                .anyMatch(codePoint -> TextRules.isMisleading(codePoint) || TextRules.isBlankLetter(codePoint))) {
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
        return Confusables.latin(folded);
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
