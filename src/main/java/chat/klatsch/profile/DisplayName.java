package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Confusables;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.TextRules;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A valid display name: one visible line in any script, in its normal form, of at most {@link #MAX_LENGTH} UTF-16 code
 * units, which is how browsers count. Invisible, bidirectional and joining characters are refused, which rules out the
 * few emoji that are joined from several.
 */
public record DisplayName(String text) {
    public static final int MAX_LENGTH = 40;

    /** @throws ChatException INVALID for a name that breaks a rule, a blank one included */
    public DisplayName {
        text = NormalText.line(text);
        if (text.length() > MAX_LENGTH) {
            throw ChatException.invalid("refusal.name.own.long", MAX_LENGTH);
        }
        if (text.codePoints()
                .anyMatch(codePoint -> TextRules.isMisleading(codePoint) || TextRules.isBlankLetter(codePoint))) {
            throw ChatException.invalid("refusal.name.invisible");
        }
        if (text.codePoints().noneMatch(DisplayName::isVisible)) {
            throw ChatException.invalid("refusal.name.blank");
        }
    }

    /** Returns whether a text can be a display name. */
    public static boolean isValid(String text) {
        try {
            return !new DisplayName(text).text().isEmpty();
        } catch (ChatException invalid) {
            return false;
        }
    }

    /**
     * Returns the username that this name could be mistaken for. It ignores case, spaces, a leading @, width and style
     * of letters (NFKC), and replaces Cyrillic, Greek and Armenian letters that look Latin, at least as capitals. It
     * misses look-alikes within ASCII (1 for l, rn for m), accents, additions ("alice.", "the alice") and other
     * alphabets. The @username beside each name still tells users apart.
     */
    String lookalike() {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+|^@", "");
        return Confusables.toLatin(folded);
    }

    /** Returns whether the character is neither a space nor a mark that only modifies another character. */
    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            default -> true;
        };
    }
}
