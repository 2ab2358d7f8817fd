package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Confusables;
import chat.klatsch.core.TextRules;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A room's name, found acceptable: 1 to 64 characters that can be seen, in their composed form. */
public record RoomName(String value) {
    private static final int LONGEST = 64;
    private static final int LONGEST_COMPARABLE = 100;
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern ORNAMENTS =
            Pattern.compile("[\\p{InCombining_Diacritical_Marks}\\p{InVariation_Selectors}\\p{P}]");

    /** @throws ChatException INVALID with what is wrong */
    public RoomName {
        value = BLANKS.matcher(Normalizer.normalize(value, Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
        if (value.codePoints().allMatch(TextRules::isInvisible)) {
            throw new ChatException(ChatException.Kind.INVALID, "Please give the room a name.");
        }
        if (value.codePointCount(0, value.length()) > LONGEST) {
            throw new ChatException(
                    ChatException.Kind.INVALID, "A room's name may have %d characters.".formatted(LONGEST));
        }
        if (value.codePoints()
                .anyMatch(codePoint -> TextRules.isMisleading(codePoint) && !TextRules.isJoiner(codePoint))) {
            throw new ChatException(ChatException.Kind.INVALID, "The name has characters that cannot be shown.");
        }
    }

    /**
     * The form in which names of open rooms are compared: without case, accents, spaces, punctuation and alphabet, unless there is
     * nothing else. At most 200 {@code char}s.
     */
    public String comparable() {
        String folded = Confusables.latin(Normalizer.normalize(value, Normalizer.Form.NFKD)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT));
        String bare = shortened(ORNAMENTS.matcher(folded).replaceAll("").codePoints());
        return bare.isEmpty() ? shortened(folded.codePoints()) : bare;
    }

    /** Decomposed, some characters are many. */
    private static String shortened(IntStream characters) {
        return characters
                .filter(character -> !TextRules.isInvisible(character))
                .limit(LONGEST_COMPARABLE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
