package chat.klatsch.search;

import chat.klatsch.core.NormalText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search for messages that contain all of these terms, in any order, whatever the form of their letters. The text of a
 * search consists of words, of which the last may be incomplete. Words in quotes or joined by punctuation form a phrase.
 */
public record SearchQuery(List<SearchTerm> terms) {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_WORDS = 16;

    private static final String QUOTES = "\"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u300c\u300d\u300e\u300f";

    /** A quote within a word opens no phrase, as in Hebrew abbreviations. */
    private static final Pattern CHUNK =
            Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}])[%1$s]([^%1$s]*)[%1$s](?![\\p{L}\\p{M}\\p{N}])|[^\\s\\p{Z}%1$s]+"
                    .replace("%1$s", QUOTES));

    public SearchQuery {
        terms = List.copyOf(terms);
    }

    /** Parses the text of a search, of which it takes the first 200 code points and 16 words. */
    public static SearchQuery of(String typed) {
        String text = shortened(NormalText.of(typed));
        List<SearchTerm> terms = new ArrayList<>();
        int wordsLeft = MAX_WORDS;
        Matcher chunk = CHUNK.matcher(text);
        while (wordsLeft > 0 && chunk.find()) {
            boolean isIncomplete = chunk.group(1) == null && chunk.end() == text.length();
            List<SearchToken> words = new ArrayList<>();
            for (SearchToken token : Tokenizer.tokens(new FoldedText(chunk.group()))) {
                if (wordsLeft > 0 && token.isInOrder()) {
                    words.add(token);
                    wordsLeft--;
                } else if (wordsLeft > 0 && token.kind() == SearchToken.Kind.SYMBOLS) {
                    terms.add(new SearchTerm(List.of(token), false));
                    wordsLeft--;
                }
            }
            if (!words.isEmpty()) {
                terms.add(new SearchTerm(words, isIncomplete && wordsLeft > 0));
            }
        }
        return new SearchQuery(terms);
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) > MAX_LENGTH
                ? text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH))
                : text;
    }

    /** True if the text contained nothing that can be found, only space and punctuation. */
    public boolean isEmpty() {
        return terms.isEmpty();
    }
}
