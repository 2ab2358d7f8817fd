package chat.klatsch.store.message;

import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchTerm;
import chat.klatsch.store.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How an engine finds messages.
 *
 * @param condition on a message {@code x}
 * @param values what is bound in it
 */
record SearchCondition(String condition, Map<String, Object> values) {
    static SearchCondition of(SearchQuery query, SqlDialect dialect) {
        return switch (dialect) {
            case H2 -> byPattern(query);
            case POSTGRESQL -> byWords(query);
        };
    }

    /**
     * Reads the messages one after the other. H2's own full-text index would make each message some ten times as expensive
     * to write, and searches all rooms before it looks at one.
     */
    private static SearchCondition byPattern(SearchQuery query) {
        return new SearchCondition("x.body regexp :pattern", Map.of("pattern", query.pattern()));
    }

    /**
     * By PostgreSQL's index of words. It knows none in writing without spaces, so there the texts are read. Quotes are
     * enough for its query language: words hold letters and digits alone.
     */
    private static SearchCondition byWords(SearchQuery query) {
        List<String> conditions = new ArrayList<>();
        String words = query.terms().stream()
                .filter(term -> !term.isUnspaced())
                .map(SearchCondition::words)
                .collect(Collectors.joining(" & "));
        if (!words.isEmpty()) {
            conditions.add("x.words @@ to_tsquery('simple', :words)");
        }
        String[] parts = query.terms().stream()
                .filter(SearchTerm::isUnspaced)
                .flatMap(term -> term.words().stream())
                .toArray(String[]::new);
        if (parts.length > 0) {
            conditions.add("x.body ~* all(:parts)");
        }
        return new SearchCondition(String.join(" and ", conditions), Map.of("words", words, "parts", parts));
    }

    private static String words(SearchTerm term) {
        return term.words().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" <-> ", "(", term.open() ? ":*)" : ")"));
    }
}
