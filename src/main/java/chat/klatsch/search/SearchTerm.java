package chat.klatsch.search;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Words that must stand one after the other, with nothing between them but blank space and punctuation.
 *
 * @param open whether the last word may go on
 */
public record SearchTerm(List<String> words, boolean open) {
    /** Letters, what is written above and below them, and digits; everything else is between words. */
    static final String LETTER = "[\\p{L}\\p{M}\\p{N}]";

    /** Writing that puts no space between words: whatever stands in it is looked for anywhere. */
    private static final Pattern UNSPACED = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}"
            + "\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}\\p{IsTibetan}]");

    public SearchTerm {
        words = List.copyOf(words);
    }

    /** Whether it is in a writing that tells nobody where words begin and end. */
    public boolean isUnspaced() {
        return words.stream().anyMatch(word -> UNSPACED.matcher(word).find());
    }

    /** As a regular expression, which needs no escapes: words are letters and digits. */
    String pattern() {
        String words = String.join("[^\\p{L}\\p{M}\\p{N}]+", words());
        if (isUnspaced()) {
            return words;
        }
        return "(?<!" + LETTER + ")" + words + (open ? "" : "(?!" + LETTER + ")");
    }
}
