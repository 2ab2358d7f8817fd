package chat.klatsch.text;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.admin.AuditEntry;
import chat.klatsch.room.Room;
import chat.klatsch.web.admin.AdminView;
import chat.klatsch.web.http.FlashMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Looks for texts outside the resource bundles, and for texts in them that nothing shows. */
class TextSourcesTest {
    private static final Path CODE = Path.of("src/main/java");
    private static final Path TEMPLATES = Path.of("templates");

    /** The classes that JTE makes of the templates, in which markup and expressions are apart. */
    private static final Path GENERATED = Path.of("target/generated-sources/jte/chat/klatsch/web/templates");

    private static final Set<String> KEYS = Languages.ENGLISH.keys();

    private static final String LITERAL = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
    private static final Pattern LITERALS = Pattern.compile(LITERAL);
    private static final Pattern OUTPUT = Pattern.compile(
            "(?m)^\\s*(?:jteOutput\\.(writeContent|setContext|writeUserContent)\\(|(var __jte_html_attribute_\\d+ = )|}(?! else))(.*)$");
    private static final Pattern CONTEXT = Pattern.compile("\"[^\"]*\", (?:\"([^\"]*)\"|null)\\);");

    /** Attributes whose values people read or hear. */
    private static final List<String> READ = List.of("aria-label", "title", "placeholder", "alt", "label", "content");

    /** Names of things on the machine, which are the same in all languages. */
    private static final Set<String> MACHINE = Set.of("UTC", "Public URL", "noopener noreferrer nofollow");

    private static final Pattern LETTERS = Pattern.compile("\\p{L}{2}");

    /** Where a text is asked for by its key. */
    private static final Pattern ASKED =
            Pattern.compile("(?:\\b(?:text|content|invalid|page|publicPage|new Text|RateLimiter|times|texts\\.of)"
                    + "|new ChatException\\((?:ChatException\\.)?Kind\\.\\w+, )\\(?\\s*" + LITERAL);

    private static final Pattern REFUSAL =
            Pattern.compile("(?:new ChatException\\(\\s*[\\w.()]+,|ChatException\\.invalid\\()\\s*" + LITERAL);

    @Test
    void no_template_has_a_text_of_its_own() {
        List<Path> templates = files(GENERATED, "Generated.java").toList();
        assertThat(templates).hasSizeGreaterThan(100);
        Map<String, List<String>> found = new TreeMap<>();
        templates.forEach(template -> found.put(template.getFileName().toString(), texts(read(template))));
        found.values().removeIf(List::isEmpty);
        assertThat(found).isEmpty();
    }

    /** Returns the words in the markup of a template, and in those expressions that are shown or read out. */
    private static List<String> texts(String generated) {
        StringBuilder markup = new StringBuilder();
        List<String> found = new ArrayList<>();
        Map<String, String> variables = new HashMap<>();
        String attribute = "";
        for (Matcher output = OUTPUT.matcher(generated); output.find(); ) {
            String written = output.group(3);
            if (output.group(2) != null) {
                variables.put(output.group(2).split(" ")[1], written);
                continue;
            }
            switch (Objects.requireNonNullElse(output.group(1), "")) {
                case "writeContent" ->
                    LITERALS.matcher(written)
                            .results()
                            .forEach(part -> markup.append(part.group(1).translateEscapes()));
                case "setContext" -> attribute = context(written);
                default -> {
                    if (attribute.isEmpty() || READ.contains(attribute)) {
                        LITERALS.matcher(variables.getOrDefault(written.replace(");", ""), written))
                                .results()
                                .map(literal -> literal.group(1))
                                .filter(TextSourcesTest::isText)
                                .filter(text -> KEYS.stream().noneMatch(key -> key.startsWith(text)))
                                .forEach(found::add);
                    }
                }
            }
        }
        found.addAll(texts(Jsoup.parse(markup.toString())));
        return found;
    }

    private static String context(String arguments) {
        Matcher context = CONTEXT.matcher(arguments);
        return context.matches() && context.group(1) != null ? context.group(1) : "";
    }

    private static List<String> texts(Document page) {
        Stream<String> words = page.getAllElements().stream()
                .filter(element -> !element.normalName().equals("style"))
                .map(Element::ownText);
        Stream<String> attributes = page.getAllElements().stream()
                .flatMap(element -> Stream.concat(
                        READ.stream()
                                .filter(name -> !element.normalName().equals("meta"))
                                .map(element::attr),
                        Stream.of(element.attr("type").equals("button") ? element.attr("value") : "")));
        return Stream.concat(words, attributes)
                .filter(TextSourcesTest::isText)
                .filter(text -> !MACHINE.contains(text))
                .toList();
    }

    private static boolean isText(String text) {
        return LETTERS.matcher(text).find();
    }

    @Test
    void no_style_sheet_has_a_text_of_its_own() {
        Pattern content = Pattern.compile("content: *" + LITERAL);
        assertThat(files(Path.of("src/main/web/css"), ".css")
                        .flatMap(file -> content.matcher(read(file)).results()))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(isText(text.group(1).replaceAll("\\\\[0-9a-f]+", "")))
                        .as(text.group())
                        .isFalse());
    }

    @Test
    void no_refusal_has_a_text_of_its_own() {
        Set<String> texts = new TreeSet<>();
        files(CODE, ".java")
                .forEach(file -> REFUSAL.matcher(read(file))
                        .results()
                        .map(refusal -> refusal.group(1))
                        .forEach(texts::add));
        assertThat(texts).hasSizeGreaterThan(80);
        texts.removeAll(KEYS);
        assertThat(texts).isEmpty();
    }

    @Test
    void no_name_note_or_constant_is_a_text_of_its_own() {
        Pattern named = Pattern.compile("(?:new DisplayName\\(|\\.note\\(|static final String \\w+ =)\\s*" + LITERAL);
        Pattern words = Pattern.compile("(?!select )[^?(:=]*\\p{L}{2} \\p{L}{2}[^?(:=]*");
        assertThat(sources()
                        .flatMap(source -> named.matcher(source).results())
                        .map(text -> text.group(1))
                        .filter(words.asMatchPredicate())
                        .filter(text -> !MACHINE.contains(text)))
                .isEmpty();
    }

    @Test
    void every_text_that_is_asked_for_exists() {
        Set<String> asked = new TreeSet<>();
        sources()
                .forEach(source -> ASKED.matcher(source)
                        .results()
                        .map(call -> call.group(1))
                        .filter(key -> !key.endsWith(".") && key.matches("[a-z0-9_.]+"))
                        .forEach(asked::add));
        assertThat(asked).hasSizeGreaterThan(300);
        asked.addAll(composed());
        asked.removeAll(KEYS);
        assertThat(asked).isEmpty();
    }

    @Test
    void every_text_is_shown_somewhere() {
        Set<String> unused = new TreeSet<>(KEYS);
        sources().forEach(source -> unused.removeIf(key -> source.contains('"' + key + '"')));
        unused.removeAll(composed());
        assertThat(unused).isEmpty();
    }

    @Test
    void the_texts_with_elements_are_known() {
        Pattern call = Pattern.compile("\\bcontent\\(\\s*\"([a-z_.]+)\"");
        Set<String> found = new TreeSet<>();
        sources().forEach(source -> call.matcher(source).results().forEach(text -> found.add(text.group(1))));
        assertThat(found.remove("audit.")).isTrue();
        assertThat(KEYS.stream().filter(key -> !key.startsWith("audit.")).filter(TextBundles::hasElements))
                .containsExactlyInAnyOrderElementsOf(found);
    }

    /** Returns the keys that the code puts together. */
    private static Set<String> composed() {
        Set<String> keys = new TreeSet<>();
        Stream.of(FlashMessage.values()).forEach(message -> keys.add("done." + lower(message)));
        Stream.of(AuditEntry.Action.values()).forEach(action -> keys.add("audit." + lower(action)));
        Stream.of(Room.Kind.values()).forEach(kind -> keys.add("kind." + lower(kind)));
        AdminView.TABS.forEach(tab -> keys.add("admin." + tab));
        Stream.of("body", "site", "name", "about", "note", "username", "email", "password")
                .forEach(field -> keys.add("field." + field));
        Stream.of(401, 403, 404, 409, 429, 500, 503).forEach(status -> keys.add("error.title." + status));
        Stream.of("verify", "reset", "in.use", "changed").forEach(mail -> keys.add("mail." + mail + ".subject"));
        return keys;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the code, without the help for the command line, which is in English. */
    private static Stream<String> sources() {
        return Stream.concat(files(CODE, ".java"), files(TEMPLATES, ".jte"))
                .filter(file -> !file.endsWith("Settings.java"))
                .map(TextSourcesTest::read);
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
