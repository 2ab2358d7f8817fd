package chat.klatsch.search;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A phrase: words that follow each other, separated only by white space and punctuation.
 *
 * @param isPrefix whether the last word may be incomplete
 */
public record SearchTerm(List<String> words, boolean isPrefix) {
    /** Letters, marks and digits make up words; everything else separates them. */
    static final String LETTER = "[\\p{L}\\p{M}\\p{N}]";

    /** Scripts without spaces between words, in which a word is searched for anywhere. */
    private static final Pattern UNSPACED = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}"
            + "\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}\\p{IsTibetan}]");

    public SearchTerm {
        words = List.copyOf(words);
    }

    /** Returns whether a word is in a script without spaces between words. */
    public boolean isUnspaced() {
        return words.stream().anyMatch(word -> UNSPACED.matcher(word).find());
    }

    /** The regular expression of the term. Words need no escaping, as they consist of letters and digits. */
    String pattern() {
        String words = String.join("[^\\p{L}\\p{M}\\p{N}]+", words());
        if (isUnspaced()) {
            return words;
        }
        return "(?<!" + LETTER + ")" + words + (isPrefix ? "" : "(?!" + LETTER + ")");
    }
}
