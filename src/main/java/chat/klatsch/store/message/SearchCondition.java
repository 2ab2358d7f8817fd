package chat.klatsch.store.message;

import chat.klatsch.search.SearchFilter;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchTerm;
import chat.klatsch.search.SearchToken;
import chat.klatsch.store.SqlDialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An engine's condition for the messages that a query finds and a filter lets through. Both engines compare the parts of one text, so both find the
 * same; PostgreSQL's index only tells where to look.
 *
 * @param sql on the message {@code x} and the membership {@code s}
 * @param values bound to its named parameters
 */
record SearchCondition(String sql, Map<String, Object> values) {
    /**
     * Scans the messages in H2, whose full-text index would make a message about ten times as expensive to write, and
     * searches every room before a condition on the room applies.
     */
    static SearchCondition of(SearchQuery query, SearchFilter filter, SqlDialect dialect) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        boolean isIndexed = dialect == SqlDialect.POSTGRESQL;
        if (isIndexed) {
            conditions.add("x.words @@ cast(:words as tsquery)");
            values.put("words", words(query));
        }
        for (SearchTerm term : query.terms()) {
            if (!isIndexed || !term.isIndexedWhole()) {
                String name = "part" + values.size();
                conditions.add("position(:" + name + " in x.search_text) > 0");
                values.put(name, term.part());
            }
        }
        filter.room().ifPresent(room -> {
            conditions.add("s.room_id = :room");
            values.put("room", room.value());
        });
        filter.author().ifPresent(author -> {
            conditions.add("x.author_id = :author");
            values.put("author", author.value());
        });
        filter.since().ifPresent(since -> {
            conditions.add("x.posted_at >= :since");
            values.put("since", since);
        });
        filter.until().ifPresent(until -> {
            conditions.add("x.posted_at < :until");
            values.put("until", until);
        });
        return new SearchCondition(String.join(" and ", conditions), values);
    }

    private static String words(SearchQuery query) {
        return query.terms().stream().map(SearchCondition::words).collect(Collectors.joining(" & "));
    }

    /** Quoting is enough, since words contain neither quotes nor backslashes. */
    private static String words(SearchTerm term) {
        String words = term.tokens().stream()
                .map(SearchToken::sought)
                .flatMap(sought -> sought.stream().map(word -> "'" + word + "'"))
                .collect(Collectors.joining(" & "));
        return term.isPrefix() ? words + ":*" : words;
    }
}
