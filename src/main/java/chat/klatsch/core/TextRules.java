package chat.klatsch.core;

/** Classes of Unicode code points that decide whether a text is acceptable. */
public final class TextRules {
    /** Braille and Hangul blanks, and a joiner, that Unicode counts among letters and marks. */
    private static final String BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0";

    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private TextRules() {}

    /** Whether nothing is drawn for it: white space of any kind, joiners, and letters that look blank. */
    public static boolean isInvisible(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.getType(codePoint) == Character.FORMAT
                || isBlankLetter(codePoint);
    }

    public static boolean isBlankLetter(int codePoint) {
        return BLANK_LETTERS.indexOf(codePoint) >= 0;
    }

    /** Whether no text may hold it: half a surrogate pair, or a control character other than line feed and tab. */
    public static boolean isUnprintable(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE
                || (Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t');
    }

    /**
     * Whether no name may hold it: control characters, halves of surrogate pairs, unassigned and private characters, line
     * separators, and format characters, which hide or change the order of text.
     */
    public static boolean isMisleading(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Whether it joins several emoji into one. */
    public static boolean isJoiner(int codePoint) {
        return codePoint == ZERO_WIDTH_JOINER;
    }
}
