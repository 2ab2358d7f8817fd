package chat.klatsch.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads resource bundles. Never through the JDK's search for them, which the machine's language would take part in. */
final class TextBundles {
    private static final Logger log = LoggerFactory.getLogger(TextBundles.class);
    private static final String FOLDER = "/chat/klatsch/";

    /** The texts whose arguments are elements of a page, such as a link or a name in bold. */
    private static final Set<String> WITH_ELEMENTS = Set.of(
            "admin.appoint.button",
            "admin.ban.button",
            "admin.close.button",
            "admin.dismiss.button",
            "admin.message.delete",
            "admin.message.place",
            "admin.reset.text",
            "admin.take.button",
            "decline.button",
            "invited",
            "invited.by",
            "join.invited.by",
            "join.site",
            "joined",
            "mute.button",
            "muted.reason",
            "react.to",
            "remove.button",
            "replying",
            "reset.text",
            "sign.in.elsewhere",
            "sign.in.elsewhere.kept",
            "signed.out.send",
            "signed.out.tab",
            "typing",
            "verify.question",
            "withdraw.button");

    private TextBundles() {}

    /** Returns the chat's own bundles. */
    static Map<Locale, ResourceBundle> own() {
        Map<Locale, ResourceBundle> bundles = new LinkedHashMap<>();
        bundles.put(Locale.ENGLISH, read("texts.properties"));
        bundles.put(Locale.GERMAN, read("texts_de.properties"));
        return bundles;
    }

    private static ResourceBundle read(String name) {
        try (InputStream file = Objects.requireNonNull(TextBundles.class.getResourceAsStream(FOLDER + name), name);
                Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return new PropertyResourceBundle(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the texts of one language. A text is that of the locale, of its language without a country, or English; an
     * added one precedes the chat's own.
     */
    static Texts merged(Locale locale, Map<Locale, ResourceBundle> own, Map<Locale, ResourceBundle> added) {
        ResourceBundle english = Objects.requireNonNull(own.get(Locale.ENGLISH));
        Map<String, TextPattern> patterns = new HashMap<>();
        english.keySet().forEach(key -> patterns.put(key, TextPattern.of(english.getString(key), Locale.ENGLISH)));
        List<Locale> general = Stream.of(Locale.ENGLISH, new Locale(locale.getLanguage()), locale)
                .distinct()
                .toList();
        for (Locale source : general) {
            Optional.ofNullable(own.get(source)).ifPresent(bundle -> put(bundle, source, patterns));
            Optional.ofNullable(added.get(source)).ifPresent(bundle -> put(bundle, source, patterns));
        }
        return new Texts(locale, patterns);
    }

    private static void put(ResourceBundle bundle, Locale locale, Map<String, TextPattern> patterns) {
        Map<String, String> texts = new TreeMap<>();
        bundle.keySet().forEach(key -> texts.put(key, bundle.getString(key)));
        texts.forEach((key, text) -> {
            if (!patterns.containsKey(key)) {
                log.warn("The chat has no text {}, which the texts in {} contain", key, locale.toLanguageTag());
                return;
            }
            TextPattern pattern = parsed(key, text, locale);
            if (pattern.arguments() != patterns.get(key).arguments()) {
                throw new IllegalArgumentException("the text " + key + " in " + locale.toLanguageTag() + " needs "
                        + patterns.get(key).arguments() + " arguments, {0} and on, but has " + pattern.arguments());
            }
            if (pattern.hasFormats() && hasElements(key)) {
                throw new IllegalArgumentException("the text " + key + " in " + locale.toLanguageTag()
                        + " has a choice or another format, which the elements in it cannot have");
            }
            patterns.put(key, pattern);
        });
    }

    static boolean hasElements(String key) {
        return WITH_ELEMENTS.contains(key) || key.startsWith("audit.");
    }

    private static TextPattern parsed(String key, String text, Locale locale) {
        try {
            return TextPattern.of(text, locale);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "the text " + key + " in " + locale.toLanguageTag() + " is malformed: " + malformed.getMessage(),
                    malformed);
        }
    }
}
