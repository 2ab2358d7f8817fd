package chat.klatsch.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextBundlesTest {
    private static final ResourceBundle ENGLISH = TextBundles.own().get(Locale.ENGLISH);
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)");

    @Test
    void each_language_has_every_text() {
        assertThat(TextBundles.own().values())
                .hasSizeGreaterThan(1)
                .allSatisfy(bundle -> assertThat(new TreeSet<>(bundle.keySet()))
                        .isEqualTo(new TreeSet<>(ENGLISH.keySet()))
                        .allSatisfy(key -> assertThat(bundle.getString(key)).isNotBlank()));
    }

    @Test
    void no_text_is_left_untranslated() {
        ResourceBundle german = TextBundles.own().get(Locale.GERMAN);
        assertThat(ENGLISH.keySet().stream()
                        .filter(key -> !key.matches("(time|day)\\..*"))
                        .filter(key -> Pattern.compile("\\p{L}")
                                .matcher(ENGLISH.getString(key))
                                .find())
                        .filter(key -> german.getString(key).equals(ENGLISH.getString(key))))
                .containsExactlyInAnyOrder(
                        "admin.chat", "admin.message.place", "field.name", "link", "online", "online.before");
    }

    @Test
    void a_text_has_the_same_arguments_in_each_language() {
        TextBundles.own()
                .forEach((locale, bundle) -> assertThat(bundle.keySet())
                        .allSatisfy(key -> assertThat(arguments(bundle.getString(key)))
                                .as("%s in %s", key, locale)
                                .isEqualTo(arguments(ENGLISH.getString(key)))));
    }

    private static TreeSet<String> arguments(String pattern) {
        TreeSet<String> arguments = new TreeSet<>();
        ARGUMENT.matcher(pattern).results().map(MatchResult::group).forEach(arguments::add);
        return arguments;
    }

    @Test
    void an_apostrophe_is_written_twice_and_each_pattern_can_be_parsed() {
        TextBundles.own()
                .forEach((locale, bundle) -> assertThat(bundle.keySet()).allSatisfy(key -> {
                    String pattern = bundle.getString(key);
                    assertThat(pattern.replace("''", ""))
                            .as("%s in %s", key, locale)
                            .doesNotContain("'");
                    assertThat(new MessageFormat(pattern, locale)).isNotNull();
                }));
    }

    @Test
    void every_text_comes_out_as_the_jdk_formats_it() {
        for (Texts texts : Languages.standard().all()) {
            for (String key : texts.keys()) {
                String pattern = TextBundles.own().get(texts.locale()).getString(key);
                MessageFormat format = new MessageFormat(pattern, texts.locale());
                boolean choice = Arrays.stream(format.getFormats()).anyMatch(part -> part != null);
                for (int number : new int[] {0, 1, 2, 1_234}) {
                    Object[] arguments = choice
                            ? new Object[] {number, number, number, number}
                            : new Object[] {"{0}'", number, "<b>", "''"};
                    assertThat(texts.of(key, arguments)).as(key).isEqualTo(format.format(arguments));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reactors | @anna und eine weitere Person | @anna und 1.234 weitere Personen
            and.more | und eine weitere Person       | und 1.234 weitere Personen
            """)
    void one_and_many_have_words_of_their_own(String key, String one, String many) {
        Texts german = Languages.standard().of("de");
        Object[][] arguments = key.equals("reactors")
                ? new Object[][] {{"@anna", 1}, {"@anna", 1_234}}
                : new Object[][] {{1}, {1_234}};
        assertThat(german.of(key, arguments[0])).isEqualTo(one);
        assertThat(german.of(key, arguments[1])).isEqualTo(many);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de                              | de
            de-DE,de;q=0.9,en;q=0.8         | de
            de-AT                           | de
            DE                              | de
            fr,de;q=0.5,en;q=0.2            | de
            fr;q=0.9, en;q=0.2, de;q=0.5    | de
            en-US,en;q=0.9,de;q=0.8         | en
            en;q=0.1,de;q=0                 | en
            fr                              | en
            *                               | en
            ''                              | en
            de;q=x                          | en
            ;;,,                            | en
            d\u00e9                         | en
            """)
    void a_browser_gets_the_best_of_the_languages_that_it_accepts(String header, String expected) {
        assertThat(Languages.standard().of(header).tag()).isEqualTo(expected);
    }

    @Test
    void a_list_of_languages_that_no_browser_sends_is_not_read() {
        assertThat(Languages.standard()
                        .of("de," + "x".repeat(8) + "1,".repeat(100_000))
                        .tag())
                .isEqualTo("en");
    }

    @Test
    void a_host_adds_a_language_and_replaces_single_texts() {
        ResourceBundle french = bundle("send", "Envoyer", "members.count", "{0,choice,0#{0} membres|1#un membre}");
        Languages languages = Languages.of(
                Map.of(Locale.FRENCH, french, Locale.GERMAN, bundle("send", "Ab damit")), Optional.empty());
        assertThat(languages.of("fr-CA,de").of("send")).isEqualTo("Envoyer");
        assertThat(languages.of("fr").of("members.count", 1)).isEqualTo("un membre");
        assertThat(languages.of("fr").of("retry")).isEqualTo("Retry");
        assertThat(languages.of("de").of("send")).isEqualTo("Ab damit");
        assertThat(languages.of("de").of("retry")).isEqualTo("Erneut versuchen");
        assertThat(Languages.standard().of("de").of("send")).isEqualTo("Senden");
    }

    @Test
    void a_country_has_the_texts_of_its_language_but_for_those_of_its_own() {
        Locale austria = Locale.forLanguageTag("de-AT");
        Languages languages = Languages.of(
                Map.of(austria, bundle("send", "Absenden"), Locale.GERMAN, bundle("retry", "Noch einmal")),
                Optional.empty());
        Texts texts = languages.of("de-AT");
        assertThat(List.of(texts.of("send"), texts.of("retry"), texts.of("cancel")))
                .containsExactly("Absenden", "Noch einmal", "Abbrechen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Use {0", "Il n'y a pas {0} ou {1}", "{0,chose,x} {1}", "{0} {1} {2}", "{0}", "{2} {a}"})
    void a_text_whose_pattern_is_wrong_is_refused(String pattern) {
        Map<Locale, ResourceBundle> added = Map.of(Locale.FRENCH, bundle("refusal.message.long", pattern));
        assertThatThrownBy(() -> Languages.of(added, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the text refusal.message.long in fr ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            day         | foo
            day         | EEEE ''{
            day         | d. MMMM HH:mm
            day.of.week | EEEEEEE
            time.12     | h:mm x{
            time.24     | HH:mm '' Uhr
            time.zone   | zzzzz
            typing      | '{0,choice,0#nobody|1#somebody}'
            joined      | {0,number}
            audit.muted | {0} {1,date} {2}
            """)
    void a_text_that_could_not_be_shown_is_refused(String key, String pattern) {
        Map<Locale, ResourceBundle> added = Map.of(Locale.FRENCH, bundle(key, pattern.replace("'", "''")));
        assertThatThrownBy(() -> Languages.of(added, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the text " + key + " in fr ");
    }

    @Test
    void one_language_for_everybody_is_one_that_there_is() {
        assertThat(Languages.of(Map.of(), Optional.of(Locale.GERMAN)).of("en").tag())
                .isEqualTo("de");
        assertThatThrownBy(() -> Languages.of(Map.of(), Optional.of(Locale.FRENCH)))
                .hasMessage("there are no texts in fr, but in en, de");
    }

    private static ResourceBundle bundle(String... keysAndTexts) {
        return new ListResourceBundle() {
            @Override
            protected Object[][] getContents() {
                Object[][] contents = new Object[keysAndTexts.length / 2][];
                for (int i = 0; i < contents.length; i++) {
                    contents[i] = new Object[] {keysAndTexts[2 * i], keysAndTexts[2 * i + 1]};
                }
                return contents;
            }
        };
    }
}
