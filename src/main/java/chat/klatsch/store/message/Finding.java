package chat.klatsch.store.message;

import chat.klatsch.search.Query;
import chat.klatsch.search.Term;
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
public record Finding(String condition, Map<String, Object> values) {
    /** Reads the messages one after the other. */
    public static Finding byPattern(Query query) {
        return new Finding("x.body regexp :pattern", Map.of("pattern", query.pattern()));
    }

    /**
     * By PostgreSQL's index of words. It knows none in writing without spaces, so there the texts are read. Quotes are
     * enough for its query language: words hold letters and digits alone.
     */
    public static Finding byWords(Query query) {
        List<String> conditions = new ArrayList<>();
        String words = query.terms().stream()
                .filter(term -> !term.isUnspaced())
                .map(Finding::words)
                .collect(Collectors.joining(" & "));
        if (!words.isEmpty()) {
            conditions.add("x.words @@ to_tsquery('simple', :words)");
        }
        String[] parts = query.terms().stream()
                .filter(Term::isUnspaced)
                .flatMap(term -> term.words().stream())
                .toArray(String[]::new);
        if (parts.length > 0) {
            conditions.add("x.body ~* all(:parts)");
        }
        return new Finding(String.join(" and ", conditions), Map.of("words", words, "parts", parts));
    }

    private static String words(Term term) {
        return term.words().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" <-> ", "(", term.open() ? ":*)" : ")"));
    }
}
