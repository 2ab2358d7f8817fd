package chat.klatsch.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The searchable part of a text, in one form for storing and for searching: its words in lower case and without accents,
 * each between two spaces, then its symbols, each on a line of its own. Therefore a phrase is a part of this text on
 * every database.
 */
public final class SearchText {
    /** A part of the original text. */
    record Range(int start, int end) {}

    private final FoldedText folded;
    private final List<SearchToken> tokens = new ArrayList<>();

    /** The index of each token in this text. */
    private final List<Integer> places = new ArrayList<>();

    private final StringBuilder text = new StringBuilder();

    private SearchText(String original) {
        this.folded = new FoldedText(original);
        List<SearchToken> all = Tokenizer.tokens(folded);
        all.stream().filter(SearchToken::isInOrder).forEach(token -> add(" ", token));
        all.stream().filter(token -> !token.isInOrder()).forEach(token -> add(" \n ", token));
        if (!tokens.isEmpty()) {
            text.append(' ');
        }
    }

    private void add(String separator, SearchToken token) {
        text.append(separator);
        tokens.add(token);
        places.add(text.length());
        text.append(token.text());
    }

    public static SearchText of(String text) {
        return new SearchText(text);
    }

    /** Returns the words by which PostgreSQL's index finds the text. */
    public Set<String> indexed() {
        Set<String> words = new LinkedHashSet<>();
        tokens.forEach(token -> words.addAll(token.indexed()));
        return words;
    }

    /** Returns the parts of the original text that the term finds. */
    List<Range> occurrences(SearchTerm term) {
        List<Range> found = new ArrayList<>();
        String part = term.part();
        String all = toString();
        for (int at = all.indexOf(part); at >= 0; at = all.indexOf(part, at + 1)) {
            int start = part.startsWith(" ") ? at + 1 : at;
            int end = at + part.stripTrailing().length();
            found.add(new Range(folded.start(original(start)), folded.end(original(end - 1))));
        }
        return found;
    }

    /** Returns the index in the folded text of a place in this text. */
    private int original(int place) {
        int found = Collections.binarySearch(places, place);
        int last = found < 0 ? -found - 2 : found;
        return tokens.get(last).start() + place - places.get(last);
    }

    /** Returns the form that is stored; empty if nothing can be found. */
    @Override
    public String toString() {
        return text.toString();
    }
}
