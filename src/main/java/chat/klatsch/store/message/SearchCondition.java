package chat.klatsch.store.message;

import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchTerm;
import chat.klatsch.store.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An engine's condition for the messages that a query finds.
 *
 * @param sql on the message {@code x}
 * @param values bound to its named parameters
 */
record SearchCondition(String sql, Map<String, Object> values) {
    static SearchCondition of(SearchQuery query, SqlDialect dialect) {
        return switch (dialect) {
            case H2 -> byPattern(query);
            case POSTGRESQL -> byWords(query);
        };
    }

    /**
     * Scans the messages. H2's full-text index would make a message about ten times as expensive to write, and it
     * searches every room before a condition on the room applies.
     */
    private static SearchCondition byPattern(SearchQuery query) {
        return new SearchCondition("x.body regexp :pattern", Map.of("pattern", query.pattern()));
    }

    /**
     * Uses PostgreSQL's full-text index, and scans for terms in scripts without spaces, in which it finds no words.
     * Quoting is enough for its query language, since words contain only letters and digits.
     */
    private static SearchCondition byWords(SearchQuery query) {
        List<String> conditions = new ArrayList<>();
        String words = query.terms().stream()
                .filter(term -> !term.isUnspaced())
                .map(SearchCondition::phrase)
                .collect(Collectors.joining(" & "));
        if (!words.isEmpty()) {
            conditions.add("x.words @@ to_tsquery('simple', :words)");
        }
        String[] patterns = query.terms().stream()
                .filter(SearchTerm::isUnspaced)
                .flatMap(term -> term.words().stream())
                .toArray(String[]::new);
        if (patterns.length > 0) {
            conditions.add("x.body ~* all(:patterns)");
        }
        return new SearchCondition(String.join(" and ", conditions), Map.of("words", words, "patterns", patterns));
    }

    private static String phrase(SearchTerm term) {
        return term.words().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" <-> ", "(", term.isPrefix() ? ":*)" : ")"));
    }
}
