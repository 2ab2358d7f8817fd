package chat.klatsch.markup;

/**
 * Tells what people emphasize from quoted marks, parts of programs and emoticons. Reads each character after an opening
 * mark once, however many closing marks are tried. Confined to one parse.
 */
final class Emphasized {
    private static final String BRACKETS = "()[]{}（）「」『』【】";

    /** The letters of a word in brackets; emoticons such as {@code (*ω*)} have fewer. */
    private static final int WORD = 4;

    private final String text;
    private final int before;
    private final int[] open = new int[BRACKETS.length() / 2];
    private int at;
    private int letters;
    private boolean hasSpace;
    private boolean isCutOff;

    /**
     * @param start the end of the opening marks
     * @param before the character before them
     */
    Emphasized(String text, int start, int before) {
        this.text = text;
        this.at = start;
        this.before = before;
    }

    /**
     * Returns whether a style may contain the text up to the closing marks.
     *
     * @param after the character after them
     * @param length their number
     */
    boolean isText(int end, int after, int length) {
        while (at < end && !isCutOff) {
            read(text.codePointAt(at));
        }
        boolean isInBrackets = (before == '(' || before == '（') && (after == ')' || after == '）');
        boolean isEmoticon = length == 1 && isInBrackets && letters < WORD && !hasSpace;
        // As in f(**a,**b).
        boolean isArgument =
                BRACKETS.indexOf(before) >= 0 && text.charAt(end - 1) == ',' && Character.isLetter(Math.max(0, after));
        return !isCutOff && !isEmoticon && !isArgument;
    }

    /** Reads a character, after which no style may end if it ends a quotation or a bracket that began before the style. */
    private void read(int character) {
        int bracket = BRACKETS.indexOf(character);
        if (bracket >= 0) {
            open[bracket / 2] += bracket % 2 == 0 ? 1 : -1;
        }
        boolean isUnbalanced = bracket >= 0 && open[bracket / 2] < 0;
        boolean isQuote = character == before && (character == '"' || character == '\'' && !isApostrophe());
        isCutOff = isUnbalanced || isQuote;
        hasSpace = hasSpace || character == ' ';
        at += Character.charCount(character);
        if (Character.isLetter(character) && Character.getType(character) != Character.MODIFIER_LETTER) {
            letters++;
        }
    }

    private boolean isApostrophe() {
        return at + 1 < text.length()
                && Character.isLetter(text.charAt(at - 1))
                && Character.isLetter(text.charAt(at + 1));
    }
}
