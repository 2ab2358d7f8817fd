package chat.klatsch.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * Guesses a time zone from the languages that a browser asks for. A language with a country tells the country, and most other
 * languages tell where most of its speakers live. English comes last, because many browsers ask for it everywhere.
 */
public final class ZoneGuess {
    private static final Properties PLACES = places();

    private static final int MAX_LENGTH = 500;

    private ZoneGuess() {}

    /** @param languages the value of an {@code Accept-Language} header */
    public static Optional<ZoneId> of(String languages) {
        if (languages.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        List<Locale> wanted = wanted(languages);
        return wanted.stream()
                .filter(language -> !isEnglish(language))
                .flatMap(language -> zone(language).stream())
                .findFirst()
                .or(() -> wanted.stream()
                        .flatMap(language -> zone(language).stream())
                        .findFirst());
    }

    private static List<Locale> wanted(String languages) {
        try {
            return LanguageRange.parse(languages).stream()
                    .filter(range -> range.getWeight() > 0)
                    .map(range -> Locale.forLanguageTag(range.getRange()))
                    .toList();
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }

    private static Optional<ZoneId> zone(Locale language) {
        String country = language.getCountry().isEmpty()
                ? PLACES.getProperty(language.getLanguage(), "")
                : language.getCountry();
        return Optional.ofNullable(PLACES.getProperty(country))
                .filter(TimeZones::isKnown)
                .map(ZoneId::of);
    }

    private static boolean isEnglish(Locale language) {
        return language.getLanguage().equals("en");
    }

    private static Properties places() {
        Properties places = new Properties();
        try (InputStream file = Objects.requireNonNull(ZoneGuess.class.getResourceAsStream("time-zones.properties"))) {
            places.load(file);
            return places;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
