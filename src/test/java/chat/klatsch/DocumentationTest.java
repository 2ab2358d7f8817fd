package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the documents with the code that they describe. */
class DocumentationTest {
    private static final Path CODE = Path.of("src/main/java/chat/klatsch");

    private static final Pattern SETTING = Pattern.compile("(?m)^ *(--\\S+)=… .*\\((.*)\\)$");
    private static final Pattern SETTING_ROW =
            Pattern.compile("(?m)^\\| `(--\\S+)` \\| `(\\w+)` \\| (?:`\\w+`|none) \\| ([^|]*) \\|");
    private static final Pattern PACKAGE_ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|");
    private static final Pattern ROUTE = Pattern.compile("\\.(get|post|ws)\\(\\s*\"(/[^\"]*)\"");
    private static final Pattern ROUTE_ROW = Pattern.compile("(?m)^\\| `(GET|POST|WS) (/\\S*)` \\|");
    private static final Pattern LOG_LINE = Pattern.compile(
            "log\\.(warn|error)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)+)|log\\.(?:warn|error)\\((?!\\s*\")|atWarn|atError");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern LOG_ROW = Pattern.compile("(?m)^\\| `(WARN|ERROR)` \\| `(.+?)` \\| \\S.*\\|$");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:)([^)#]*)(#[^)]*)?\\)");

    @Test
    void the_settings_table_names_every_setting_with_its_default() {
        List<String> settings = all(SETTING, Settings.help())
                .map(setting -> setting.group(1) + " " + variable(setting.group(1)) + " " + brief(setting.group(2)))
                .toList();
        assertThat(settings).isNotEmpty();
        assertThat(all(SETTING_ROW, read(Path.of("docs/configuration.md")))
                        .map(row -> row.group(1) + " " + row.group(2) + " "
                                + row.group(3).replace("`", "")))
                .containsExactlyElementsOf(settings);
    }

    @Test
    void the_package_table_names_exactly_the_packages_that_exist() {
        String architecture = read(Path.of("ARCHITECTURE.md"));
        String section = architecture.substring(
                architecture.indexOf("## Packages"), architecture.indexOf("## Life of a message"));
        assertThat(all(PACKAGE_ROW, section).map(row -> row.group(1))).containsExactlyInAnyOrderElementsOf(packages());
    }

    @Test
    void the_api_names_exactly_the_routes_that_exist() {
        List<String> routes = files(CODE.resolve("web"), "Routes.java")
                .flatMap(file -> all(ROUTE, read(file)))
                .map(route -> route.group(1).toUpperCase(Locale.ROOT) + " " + route.group(2))
                .toList();
        assertThat(routes).isNotEmpty();
        assertThat(all(ROUTE_ROW, read(Path.of("docs/api.md"))).map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void every_warning_and_error_has_a_line_that_says_what_to_do() {
        List<String> lines = files(CODE, ".java")
                .flatMap(file -> all(LOG_LINE, read(file)))
                .map(call -> call.group(1).toUpperCase(Locale.ROOT) + " "
                        + all(QUOTED, call.group(2)).map(part -> part.group(1)).collect(Collectors.joining()))
                .toList();
        assertThat(lines).isNotEmpty();
        assertThat(all(LOG_ROW, read(Path.of("docs/logs.md"))).map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void every_link_between_documents_leads_somewhere() {
        List<Path> documents = documents();
        assertThat(documents).contains(Path.of("README.md"), Path.of("docs/api.md"));
        for (Path document : documents) {
            assertThat(all(LINK, read(document)))
                    .as("links in %s", document)
                    .allSatisfy(link -> assertLeadsSomewhere(document, link));
        }
    }

    private static void assertLeadsSomewhere(Path document, MatchResult link) {
        Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        assertThat(target).exists();
        if (link.group(2) != null) {
            assertThat(read(target).lines().filter(line -> line.startsWith("#")).map(DocumentationTest::anchor))
                    .contains(link.group(2));
        }
    }

    /** The anchor that GitHub gives a heading. */
    private static String anchor(String heading) {
        String words = heading.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT);
        return "#" + words.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    }

    private static List<String> packages() {
        return files(CODE, ".java")
                .map(file -> CODE.relativize(file.getParent()).toString().replaceAll("[/\\\\]", "."))
                .map(name -> name.isEmpty() ? "chat.klatsch" : name)
                .distinct()
                .toList();
    }

    private static List<Path> documents() {
        Stream<Path> below = Stream.of("docs", ".github").flatMap(directory -> files(Path.of(directory), ".md"));
        return Stream.concat(files(Path.of("."), 1, ".md"), below).toList();
    }

    private static Stream<Path> files(Path directory, String suffix) {
        return files(directory, Integer.MAX_VALUE, suffix);
    }

    private static Stream<Path> files(Path directory, int depth, String suffix) {
        try (Stream<Path> files = Files.walk(directory, depth)) {
            return files.filter(file -> file.toString().endsWith(suffix)).map(Path::normalize).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String variable(String flag) {
        return "KLATSCH_"
                + flag.substring(2)
                        .replaceAll("([a-z])([A-Z])", "$1_$2")
                        .replaceAll("[-.]", "_")
                        .toUpperCase(Locale.ROOT);
    }

    /** A default without what explains it: {@code none} of {@code none, one JVM}. */
    private static String brief(String standard) {
        return standard.replaceFirst(",.*", "");
    }

    private static Stream<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
