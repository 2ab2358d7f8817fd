package chat.klatsch.markup;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Classifies the characters around a mark. All methods take a code point, or {@link #NONE} for the start or the end of the
 * text.
 */
final class Characters {
    static final int NONE = -1;

    /** Scripts that do not separate words by blanks, or that append particles to them. */
    private static final Set<UnicodeScript> WITHOUT_BLANKS = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);

    private static final String QUOTES = "\"'";

    private Characters() {}

    static int before(String text, int index) {
        return index <= 0 ? NONE : text.codePointBefore(index);
    }

    static int at(String text, int index) {
        return index >= text.length() ? NONE : text.codePointAt(index);
    }

    /** Returns the end of the run of one character that starts at an index, or the index itself at the end of the text. */
    static int endOfRun(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) == text.charAt(start)) {
            end++;
        }
        return end;
    }

    static boolean isStyleMark(int character) {
        return character == '*' || character == '_' || character == '~';
    }

    static boolean isBlank(int character) {
        return character == NONE || Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** Returns whether it is a letter, a digit or a combining mark. */
    static boolean isWord(int character) {
        return switch (Character.getType(Math.max(0, character))) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> character != NONE && Character.isLetterOrDigit(character);
        };
    }

    /** Returns whether it is part of a word as addresses and usernames contain them. */
    static boolean isLatinWord(int character) {
        return character == '_' || isLatin(character);
    }

    /** Returns whether it is a Latin letter or an ASCII digit. */
    static boolean isLatin(int character) {
        return Character.isLetterOrDigit(Math.max(0, character))
                && (character < 0x80 || UnicodeScript.of(character) == UnicodeScript.LATIN);
    }

    /** Returns whether it is punctuation outside ASCII; the middle dots of Japanese, which join words, are none. */
    static boolean isForeignPunctuation(int character) {
        return character > 0x7f
                && character != 0xb7
                && character != 0x30fb
                && character != 0xff65
                && isPunctuation(character);
    }

    static boolean isEmoji(int character) {
        return character >= 0x1F1E6 && character <= 0x1F1FF
                || character >= 0x1F3FB && character <= 0x1F3FF
                || character > 0x2000
                        && Character.getType(character) == Character.OTHER_SYMBOL
                        && EmojiOnly.isEmoji(character);
    }

    /**
     * Returns whether a mark between these characters may begin a style: the mark stands at the start of a word, and is
     * not quoted alone.
     */
    static boolean mayOpen(int before, int after) {
        boolean isStart = isBlank(before)
                || isFormat(before)
                || isOpening(before)
                || isOneOf(before, QUOTES)
                || isForeignPunctuation(before)
                || separatesWords(before);
        return isStart
                && !(isQuoting(before) && isQuoting(after))
                && (isWord(after)
                        || isOpening(after)
                        || isOneOf(after, QUOTES + "`@#$+-")
                        || isForeignPunctuation(after)
                        || isSign(after));
    }

    /** Returns whether a mark between these characters may end a style: the reverse of {@link #mayOpen}. */
    static boolean mayClose(int before, int after) {
        boolean isEnd = isBlank(after)
                || isFormat(after)
                || isClosing(after)
                || isOneOf(after, QUOTES + ".,;:!?-/")
                || isForeignPunctuation(after)
                || separatesWords(after);
        return isEnd && endsText(before) && !(isQuoting(before) && isQuoting(after));
    }

    /**
     * Returns whether marks may end a style although no blank or punctuation follows: double ones always, except before
     * the digits of a calculation, and single ones after punctuation that programs do not have there.
     */
    static boolean mayCloseBeforeWord(char mark, int length, int before, int after) {
        if (length == 1) {
            return isOneOf(before, mark == '*' ? ".:!?" : ":!?") || isForeignPunctuation(before);
        }
        boolean isInWord = isWord(before) && after != NONE && Character.isDigit(after);
        return endsText(before) && !isInWord && !(isQuoting(before) && isQuoting(after));
    }

    private static boolean endsText(int character) {
        return isWord(character)
                || isClosing(character)
                || isOneOf(character, QUOTES + "`.,;:!?%+-#")
                || isForeignPunctuation(character)
                || isSign(character);
    }

    /** Returns whether a word may begin or end beside it without a blank. */
    private static boolean separatesWords(int character) {
        return isEmoji(character)
                || character == 0xfe0f
                || character >= 0x3000 && character < 0x3100
                || character != NONE && isWord(character) && WITHOUT_BLANKS.contains(UnicodeScript.of(character));
    }

    /** Returns whether it is a quotation mark or a bracket. */
    private static boolean isQuoting(int character) {
        return isOneOf(character, QUOTES) || isOpening(character) || isClosing(character);
    }

    private static boolean isFormat(int character) {
        return character != NONE && Character.getType(character) == Character.FORMAT;
    }

    private static boolean isSign(int character) {
        return isEmoji(character) || character != NONE && Character.getType(character) == Character.CURRENCY_SYMBOL;
    }

    private static boolean isOneOf(int character, String characters) {
        return characters.indexOf(character) >= 0;
    }

    private static boolean isOpening(int character) {
        int type = Character.getType(Math.max(0, character));
        return type == Character.START_PUNCTUATION || type == Character.INITIAL_QUOTE_PUNCTUATION;
    }

    private static boolean isClosing(int character) {
        int type = Character.getType(Math.max(0, character));
        return type == Character.END_PUNCTUATION || type == Character.FINAL_QUOTE_PUNCTUATION;
    }

    private static boolean isPunctuation(int character) {
        return switch (Character.getType(character)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
