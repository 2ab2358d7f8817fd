package chat.klatsch.search;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A phrase: words that follow each other, separated only by white space, punctuation and symbols.
 *
 * @param isPrefix whether the last word may be incomplete
 */
public record SearchTerm(List<SearchToken> tokens, boolean isPrefix) {
    public SearchTerm {
        tokens = List.copyOf(tokens);
        isPrefix = isPrefix && !tokens.get(tokens.size() - 1).isRun();
    }

    /** Returns the part that every {@link SearchText} with this phrase has. */
    public String part() {
        boolean isOpenAtEnd = isPrefix || tokens.get(tokens.size() - 1).isRun();
        return tokens.stream()
                .map(SearchToken::text)
                .collect(Collectors.joining(" ", tokens.get(0).isRun() ? "" : " ", isOpenAtEnd ? "" : " "));
    }

    /** Returns whether an index of words tells which texts have this phrase. */
    public boolean isIndexedWhole() {
        return tokens.size() == 1 && tokens.get(0).isIndexedWhole();
    }
}
