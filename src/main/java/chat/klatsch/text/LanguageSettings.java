package chat.klatsch.text;

import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;

/** The language settings of a chat. */
public record LanguageSettings(Map<Locale, ResourceBundle> added, Optional<Locale> fixed) {
    public LanguageSettings() {
        this(Map.of(), Optional.empty());
    }

    public LanguageSettings fixedTo(Locale language) {
        return new LanguageSettings(added, Optional.of(language));
    }

    /** @throws IllegalArgumentException for a malformed text */
    public LanguageSettings with(Locale language, ResourceBundle texts) {
        Map<Locale, ResourceBundle> all = new HashMap<>(added);
        all.put(language, texts);
        Languages.of(all, Optional.empty());
        return new LanguageSettings(Map.copyOf(all), fixed);
    }

    /** @throws IllegalArgumentException if there are no texts in the language for everybody */
    public Languages languages() {
        return added.isEmpty() && fixed.isEmpty() ? Languages.standard() : Languages.of(added, fixed);
    }

    /** @throws IllegalArgumentException for a text that names no language */
    public static Locale named(String tag) {
        try {
            return new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("a language looks like de or pt-BR", e);
        }
    }
}
