package chat.klatsch.core;

/** Classifies the Unicode code points that decide whether a text is acceptable. */
public final class TextRules {
    /** Blanks that Unicode classifies as letters, symbols or marks. */
    private static final String BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0";

    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private TextRules() {}

    /** Returns whether the code point leaves no visible mark: white space, format characters and blank letters. */
    public static boolean isInvisible(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.getType(codePoint) == Character.FORMAT
                || isBlankLetter(codePoint);
    }

    public static boolean isBlankLetter(int codePoint) {
        return BLANK_LETTERS.indexOf(codePoint) >= 0;
    }

    /** Returns whether no text may contain it: an unpaired surrogate, or a control character except line feed and tab. */
    public static boolean isUnprintable(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE
                || (Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t');
    }

    /**
     * Returns whether no name may contain it: control, private and unassigned characters, unpaired surrogates, line
     * separators, and format characters, which can hide or reorder text.
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

    /** Returns whether it is the zero-width joiner, which combines several emoji into one. */
    public static boolean isJoiner(int codePoint) {
        return codePoint == ZERO_WIDTH_JOINER;
    }
}
