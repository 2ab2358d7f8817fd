package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Confusables;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.TextRules;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A valid room name: 1 to 64 characters in composed form (NFC), at least one of them visible. */
public record RoomName(String value) {
    private static final int MAX_LENGTH = 64;
    private static final int MAX_COMPARABLE_LENGTH = 100;
    private static final Pattern ORNAMENTS =
            Pattern.compile("[\\p{InCombining_Diacritical_Marks}\\p{InVariation_Selectors}\\p{P}]");

    /** @throws ChatException INVALID if it is blank, too long or has misleading characters */
    public RoomName {
        value = NormalText.line(value);
        if (value.codePoints().allMatch(TextRules::isInvisible)) {
            throw new ChatException(ChatException.Kind.INVALID, "refusal.room.name.blank");
        }
        if (value.codePointCount(0, value.length()) > MAX_LENGTH) {
            throw new ChatException(ChatException.Kind.INVALID, "refusal.name.long", MAX_LENGTH);
        }
        if (value.codePoints()
                .anyMatch(codePoint -> TextRules.isMisleading(codePoint) && !TextRules.isJoiner(codePoint))) {
            throw new ChatException(ChatException.Kind.INVALID, "refusal.name.unprintable");
        }
    }

    /**
     * Returns the form in which names of open rooms are compared: without case, accents, spaces and punctuation, and with
     * look-alikes as Latin letters. Names of punctuation alone keep it. At most 200 {@code char}s.
     */
    public String comparable() {
        return comparable(value);
    }

    static String comparable(String text) {
        String folded = Confusables.toLatin(Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT));
        String bare = shortened(ORNAMENTS.matcher(folded).replaceAll("").codePoints());
        return bare.isEmpty() ? shortened(folded.codePoints()) : bare;
    }

    /** Returns whether a comparable form has no more than punctuation. */
    static boolean isOrnament(String comparable) {
        return ORNAMENTS.matcher(comparable).replaceAll("").isEmpty();
    }

    /** Limits the length, because one character may decompose into many. */
    private static String shortened(IntStream characters) {
        return characters
                .filter(character -> !TextRules.isInvisible(character))
                .limit(MAX_COMPARABLE_LENGTH)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
