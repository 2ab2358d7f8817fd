package chat.klatsch.search;

import chat.klatsch.core.ChatException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody looks for: messages with all of these terms, in any order, in small or capital letters. What is typed
 * is words, of which the last may go on; words in quotes, or with punctuation between them, stand together.
 */
public record SearchQuery(List<SearchTerm> terms) {
    public static final int LONGEST = 200;
    private static final int MOST_WORDS = 16;

    private static final Pattern WORD = Pattern.compile(SearchTerm.LETTER + "+");
    private static final Pattern CHUNK = Pattern.compile("\"([^\"]*)\"|[^\\s\\p{Z}\"]+");

    public SearchQuery {
        terms = List.copyOf(terms);
    }

    /** @throws ChatException INVALID for more than 200 characters or 16 words */
    public static SearchQuery of(String typed) {
        int length = typed.codePointCount(0, typed.length());
        if (length > LONGEST) {
            throw invalid("A search may have %d characters; this one has %d.".formatted(LONGEST, length));
        }
        List<SearchTerm> terms = new ArrayList<>();
        Matcher chunk = CHUNK.matcher(typed);
        while (chunk.find()) {
            List<String> words = words(chunk.group());
            if (!words.isEmpty()) {
                boolean quoted = chunk.group(1) != null;
                terms.add(new SearchTerm(words, !quoted && chunk.end() == typed.length()));
            }
        }
        if (terms.stream().mapToInt(term -> term.words().size()).sum() > MOST_WORDS) {
            throw invalid("A search may have %d words.".formatted(MOST_WORDS));
        }
        return new SearchQuery(terms);
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Whether there is nothing to look for: blank space, punctuation, symbols. */
    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** A regular expression that finds itself in every message with all of the terms, and in no other. */
    public String pattern() {
        return "(?ius)\\A"
                + terms.stream().map(term -> "(?=.*?" + term.pattern() + ")").collect(Collectors.joining());
    }

    /** Where in a text the terms are. */
    Pattern places() {
        return Pattern.compile(
                terms.stream().map(SearchTerm::pattern).collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static ChatException invalid(String reason) {
        return new ChatException(ChatException.Kind.INVALID, reason);
    }
}
