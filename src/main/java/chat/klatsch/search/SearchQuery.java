package chat.klatsch.search;

import chat.klatsch.core.ChatException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A search for messages that contain all of these terms, in any order and ignoring case. The text of a search consists
 * of words, of which the last may be incomplete. Words in quotes or joined by punctuation form a phrase.
 */
public record SearchQuery(List<SearchTerm> terms) {
    static final int MAX_LENGTH = 200;
    private static final int MAX_WORDS = 16;

    private static final Pattern WORD = Pattern.compile(SearchTerm.LETTER + "+");
    private static final Pattern CHUNK = Pattern.compile("\"([^\"]*)\"|[^\\s\\p{Z}\"]+");

    public SearchQuery {
        terms = List.copyOf(terms);
    }

    /** Parses the text of a search. @throws ChatException INVALID for more than 200 code points or 16 words */
    public static SearchQuery of(String text) {
        int length = text.codePointCount(0, text.length());
        if (length > MAX_LENGTH) {
            throw ChatException.invalid("Use at most " + MAX_LENGTH + " characters; this search has " + length + ".");
        }
        List<SearchTerm> terms = new ArrayList<>();
        Matcher chunk = CHUNK.matcher(text);
        while (chunk.find()) {
            List<String> words = words(chunk.group());
            if (!words.isEmpty()) {
                boolean quoted = chunk.group(1) != null;
                terms.add(new SearchTerm(words, !quoted && chunk.end() == text.length()));
            }
        }
        if (terms.stream().mapToInt(term -> term.words().size()).sum() > MAX_WORDS) {
            throw ChatException.invalid("Use at most " + MAX_WORDS + " words.");
        }
        return new SearchQuery(terms);
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    /** True if the text contained no words, only space, punctuation or symbols. */
    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The regular expression that is found in exactly the messages with all of the terms. */
    public String pattern() {
        return "(?ius)\\A"
                + terms.stream().map(term -> "(?=.*?" + term.pattern() + ")").collect(Collectors.joining());
    }

    /** The pattern that finds each occurrence of a term. */
    Pattern anyTerm() {
        return Pattern.compile(
                terms.stream().map(SearchTerm::pattern).collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
