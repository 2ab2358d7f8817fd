package chat.klatsch.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The part of a message around the first match, split into matching and other pieces. Short messages are kept whole. */
public record Excerpt(List<Piece> pieces) {
    /** @param marked whether the piece matches a search term */
    public record Piece(String text, boolean marked) {}

    private static final int MAX_LENGTH = 300;
    private static final int BEFORE = 80;

    /** The distance within which the excerpt starts or ends at a space instead of inside a word. */
    private static final int WORD = 20;

    /** One character to a reader: a letter with its marks, or several emoji that are drawn as one. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    public Excerpt {
        pieces = List.copyOf(pieces);
    }

    public static Excerpt of(String body, SearchQuery query) {
        BitSet boundaries = boundaries(body);
        List<SearchText.Range> found = found(body, query, boundaries);
        int first = found.isEmpty() ? 0 : found.get(0).start();
        int start = body.length() <= MAX_LENGTH
                ? 0
                : start(body, Math.min(first - BEFORE, body.length() - MAX_LENGTH), boundaries);
        int end = Math.max(start, end(body, start + MAX_LENGTH, boundaries));
        List<Piece> pieces = new ArrayList<>();
        add(pieces, start > 0 ? "…" : "", false);
        int at = start;
        for (SearchText.Range match : found) {
            int from = Math.max(at, match.start());
            int until = Math.min(end, match.end());
            if (from < until) {
                add(pieces, body.substring(at, from), false);
                add(pieces, body.substring(from, until), true);
                at = until;
            }
        }
        add(pieces, body.substring(at, end), false);
        add(pieces, end < body.length() ? "…" : "", false);
        return new Excerpt(pieces);
    }

    private static BitSet boundaries(String body) {
        BitSet boundaries = new BitSet();
        boundaries.set(0);
        for (Matcher character = CHARACTER.matcher(body); character.find(); ) {
            boundaries.set(character.end());
        }
        return boundaries;
    }

    /** Returns the matches in their order, each with all of its first and last character. */
    private static List<SearchText.Range> found(String body, SearchQuery query, BitSet boundaries) {
        SearchText text = SearchText.of(body);
        return query.terms().stream()
                .flatMap(term -> text.occurrences(term).stream())
                .map(match -> new SearchText.Range(
                        boundaries.previousSetBit(match.start()), boundaries.nextSetBit(match.end())))
                .sorted(Comparator.comparingInt(SearchText.Range::start).thenComparing(SearchText.Range::end))
                .toList();
    }

    private static void add(List<Piece> pieces, String text, boolean marked) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, marked));
        }
    }

    private static int start(String body, int wanted, BitSet boundaries) {
        return wanted <= 0
                ? 0
                : spaces(body, wanted, wanted + WORD)
                        .map(space -> space + 1)
                        .findFirst()
                        .orElse(boundaries.nextSetBit(wanted));
    }

    private static int end(String body, int wanted, BitSet boundaries) {
        return wanted >= body.length()
                ? body.length()
                : spaces(body, wanted - WORD + 1, wanted + 1).max().orElse(boundaries.previousSetBit(wanted));
    }

    private static IntStream spaces(String body, int from, int to) {
        return IntStream.range(from, to).filter(at -> Character.isWhitespace(body.charAt(at)));
    }
}
