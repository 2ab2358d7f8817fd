package chat.klatsch.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The languages of the chat, and the choice among them. A text that a language lacks is English. Immutable. */
public final class Languages {
    /** Only programs send a longer list of languages. */
    private static final int MAX_HEADER_LENGTH = 500;

    /** English and German, as the chat comes. */
    private static final Map<Locale, ResourceBundle> OWN = TextBundles.own();

    private static final Languages STANDARD = new Languages(Map.of(), null);

    /** The texts in English, for logs and callers. */
    public static final Texts ENGLISH = STANDARD.english();

    private final Map<String, Texts> byTag = new LinkedHashMap<>();
    private final @Nullable Texts fixed;

    private Languages(Map<Locale, ResourceBundle> added, @Nullable Locale fixed) {
        List<Locale> locales = new ArrayList<>(OWN.keySet());
        added.keySet().stream().filter(locale -> !locales.contains(locale)).forEach(locales::add);
        locales.forEach(locale -> byTag.put(tag(locale), TextBundles.merged(locale, OWN, added)));
        this.fixed = fixed == null ? null : required(fixed);
    }

    /** The languages that the chat comes with. */
    public static Languages standard() {
        return STANDARD;
    }

    /**
     * The languages that the chat comes with, and others.
     *
     * @param added further languages, and texts that replace the chat's own
     * @param fixed the language for everybody, if it is not the readers' choice
     * @throws IllegalArgumentException for a text whose pattern is malformed or has other arguments than the English one, and
     *     for a fixed language that is none of them
     */
    public static Languages of(Map<Locale, ResourceBundle> added, Optional<Locale> fixed) {
        return new Languages(new HashMap<>(added), fixed.orElse(null));
    }

    /** Returns whether readers can choose the language. */
    public boolean isChoice() {
        return fixed == null;
    }

    /** Returns the texts of all languages. */
    public Collection<Texts> all() {
        return List.copyOf(byTag.values());
    }

    /** Returns the texts for a reader. @param accepted the value of an Accept-Language header, or empty */
    public Texts of(String accepted) {
        if (fixed != null) {
            return fixed;
        }
        return accepted.isEmpty() || accepted.length() > MAX_HEADER_LENGTH ? english() : best(accepted);
    }

    /** Returns the texts for a reader. @param chosen the tag of the language that precedes the accepted ones, or empty */
    public Texts of(String chosen, String accepted) {
        return of(chosen.isEmpty() || accepted.isEmpty() ? chosen + accepted : chosen + "," + accepted);
    }

    private Texts best(String accepted) {
        try {
            @Nullable String tag = Locale.lookupTag(Locale.LanguageRange.parse(accepted), byTag.keySet());
            return tag == null ? english() : byTag.get(tag.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException malformed) {
            return english();
        }
    }

    private Texts english() {
        return byTag.get(tag(Locale.ENGLISH));
    }

    private Texts required(Locale locale) {
        @Nullable Texts texts = byTag.get(tag(locale));
        if (texts == null) {
            throw new IllegalArgumentException("there are no texts in " + locale.toLanguageTag() + ", but in "
                    + String.join(", ", byTag.keySet()));
        }
        return texts;
    }

    private static String tag(Locale locale) {
        return locale.toLanguageTag().toLowerCase(Locale.ROOT);
    }
}
