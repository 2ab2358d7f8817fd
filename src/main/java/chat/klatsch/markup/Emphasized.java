package chat.klatsch.markup;

import java.util.regex.Pattern;

/** Tells what people emphasize from quoted marks, parts of programs and emoticons. */
final class Emphasized {
    private static final Pattern APOSTROPHE = Pattern.compile("(?<=\\p{L})['\u2019](?=\\p{L})");
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]|[\\p{Lm}]");
    private static final String BRACKETS = "()[]{}（）「」『』【】";

    /** The letters of a word in brackets; emoticons such as {@code (*ω*)} have fewer. */
    private static final int WORD = 4;

    private Emphasized() {}

    /**
     * Returns whether a style may contain this part of a text.
     *
     * @param before the character before the opening marks
     * @param after the character after the closing marks
     * @param length the number of closing marks
     */
    static boolean isText(String content, int before, int after, int length) {
        String quotes = APOSTROPHE.matcher(content).replaceAll("");
        boolean isQuoted = (before == '"' || before == '\'') && quotes.indexOf(before) >= 0;
        boolean isInBrackets = (before == '(' || before == '（') && (after == ')' || after == '）');
        boolean isEmoticon = length == 1
                && isInBrackets
                && NO_LETTERS.matcher(content).replaceAll("").length() < WORD
                && content.indexOf(' ') < 0;
        return !isQuoted && !isEmoticon && isBalanced(content);
    }

    /** Returns whether no bracket ends that has not begun. */
    private static boolean isBalanced(String content) {
        int[] open = new int[BRACKETS.length() / 2];
        for (int i = 0; i < content.length(); i++) {
            int bracket = BRACKETS.indexOf(content.charAt(i));
            if (bracket >= 0 && bracket % 2 == 0) {
                open[bracket / 2]++;
            } else if (bracket >= 0 && --open[bracket / 2] < 0) {
                return false;
            }
        }
        return true;
    }
}
