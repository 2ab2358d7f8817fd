package chat.klatsch.search;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.IntStream;

/** The part of a message around the first match, split into matching and other pieces. Short messages are kept whole. */
public record Excerpt(List<Piece> pieces) {
    /** @param marked whether the piece matches a search term */
    public record Piece(String text, boolean marked) {}

    private static final int MAX_LENGTH = 300;
    private static final int BEFORE = 80;

    /** The distance within which the excerpt starts or ends at a space instead of inside a word. */
    private static final int WORD = 20;

    public Excerpt {
        pieces = List.copyOf(pieces);
    }

    public static Excerpt of(String body, SearchQuery query) {
        Matcher found = query.anyTerm().matcher(body);
        int first = found.find() ? found.start() : 0;
        int start = body.length() <= MAX_LENGTH ? 0 : start(body, Math.min(first - BEFORE, body.length() - MAX_LENGTH));
        int end = end(body, start + MAX_LENGTH);
        List<Piece> pieces = new ArrayList<>();
        add(pieces, start > 0 ? "…" : "", false);
        int at = start;
        for (boolean more = found.find(start); more && found.start() < end; more = found.find()) {
            int until = Math.min(found.end(), end);
            add(pieces, body.substring(at, found.start()), false);
            add(pieces, body.substring(found.start(), until), true);
            at = until;
        }
        add(pieces, body.substring(at, end), false);
        add(pieces, end < body.length() ? "…" : "", false);
        return new Excerpt(pieces);
    }

    private static void add(List<Piece> pieces, String text, boolean marked) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, marked));
        }
    }

    private static int start(String body, int wanted) {
        if (wanted <= 0) {
            return 0;
        }
        int whole = Character.isLowSurrogate(body.charAt(wanted)) ? wanted + 1 : wanted;
        return spaces(body, wanted, wanted + WORD)
                .map(space -> space + 1)
                .findFirst()
                .orElse(whole);
    }

    private static int end(String body, int wanted) {
        if (wanted >= body.length()) {
            return body.length();
        }
        int whole = Character.isLowSurrogate(body.charAt(wanted)) ? wanted - 1 : wanted;
        return spaces(body, wanted - WORD + 1, wanted + 1).max().orElse(whole);
    }

    private static IntStream spaces(String body, int from, int to) {
        return IntStream.range(from, to).filter(at -> Character.isWhitespace(body.charAt(at)));
    }
}
