package chat.klatsch.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All texts in one language. There is one object for each language. Immutable. */
public final class Texts {
    private static final Object[] NONE = {};

    /** The patterns for days, which have neither a time nor a zone. */
    private static final List<String> DAYS = List.of("day", "day.of.week");

    private static final List<String> TIMES = List.of("time.12", "time.24", "time.zone");

    private final Locale locale;
    private final Map<String, TextPattern> patterns;

    /** The formats of times. */
    private final Map<String, DateTimeFormatter> times = new HashMap<>();

    /** @throws IllegalArgumentException for a malformed pattern of times */
    Texts(Locale locale, Map<String, TextPattern> patterns) {
        this.locale = locale;
        this.patterns = Map.copyOf(patterns);
        DAYS.forEach(key -> times.put(key, tried(key, LocalDate.EPOCH)));
        TIMES.forEach(key -> times.put(key, tried(key, Instant.EPOCH.atZone(ZoneOffset.UTC))));
    }

    /** Returns the format, which can show times such as the example. */
    private DateTimeFormatter tried(String key, TemporalAccessor example) {
        try {
            DateTimeFormatter format = DateTimeFormatter.ofPattern(of(key), locale);
            format.format(example);
            return format;
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw new IllegalArgumentException(
                    "the text " + key + " in " + tag() + " is malformed: " + malformed.getMessage(), malformed);
        }
    }

    public Locale locale() {
        return locale;
    }

    /** Returns the language as in the {@code lang} attribute, for example {@code de}. */
    public String tag() {
        return locale.toLanguageTag();
    }

    /** Returns what the language is called in itself, for example Deutsch. */
    public String name() {
        String name = locale.getDisplayName(locale);
        return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }

    Set<String> keys() {
        return patterns.keySet();
    }

    /** @throws IllegalArgumentException for an unknown key */
    public String of(String key) {
        return pattern(key).format(NONE);
    }

    /** @param arguments strings, numbers and {@link Text}s @throws IllegalArgumentException for an unknown key */
    public String of(String key, Object... arguments) {
        return pattern(key).format(resolved(arguments));
    }

    public String of(Text text) {
        return of(text.key(), (Object[]) text.arguments());
    }

    /** Returns the text with this key, if there is one. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(patterns.get(key)).map(TextPattern::format);
    }

    /** Passes on the words of a text and its arguments, one after the other. Arguments of other types stay as they are. */
    public void split(String key, Consumer<Object> receiver, Object... arguments) {
        pattern(key).split(receiver, resolved(arguments));
    }

    /** Returns the format of times that the text with this key describes. */
    public DateTimeFormatter times(String key) {
        return Objects.requireNonNull(times.get(key), key);
    }

    private TextPattern pattern(String key) {
        @Nullable TextPattern pattern = patterns.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no text is called " + key);
        }
        return pattern;
    }

    private Object[] resolved(Object[] arguments) {
        Object[] resolved = arguments;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Text text) {
                resolved = resolved == arguments ? arguments.clone() : resolved;
                resolved[i] = of(text);
            }
        }
        return resolved;
    }
}
