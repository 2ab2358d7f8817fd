package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {
    private static final Pattern PATH_OF_A_MESSAGE =
            Pattern.compile("path of a message is (\\d+) classes, about ([\\d,]+) lines");
    private static final Pattern STEP = Pattern.compile("(?m)^\\d+\\. \\[`\\w+`]\\(([^)]+\\.java)\\)$");

    private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n(.*?)```");
    private static final List<Path> SOURCES =
            List.of(Path.of("examples"), Path.of("src/test/java/chat/klatsch/example"));

    private final String readme = read(Path.of("README.md"));

    /** Blank lines part what stands at several places of a source. The comments at the ends of lines are the document's. */
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/embedding.md", "docs/api.md"})
    void every_snippet_is_code_that_compiles(String document) {
        List<String> sources = SOURCES.stream()
                .flatMap(ReadmeTest::sources)
                .map(ReadmeTest::dense)
                .toList();
        List<String> parts = SNIPPET.matcher(read(Path.of(document)))
                .results()
                .flatMap(snippet -> Stream.of(snippet.group(1).split("\n\n")))
                .toList();
        assertThat(parts).isNotEmpty();
        assertThat(parts).allSatisfy(part -> assertThat(sources).anyMatch(source -> source.contains(dense(part))));
    }

    /** Returns the code without white space and comments that end a line. */
    private static String dense(String code) {
        return code.replaceAll("(?m)\\s//\\s.*$", "").replaceAll("\\s", "");
    }

    private static Stream<String> sources(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).map(ReadmeTest::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void its_coordinates_are_those_of_the_build() {
        Pattern coordinates =
                Pattern.compile("<groupId>(.*)</groupId>\\s*<artifactId>(.*)</artifactId>\\s*<version>(.*)</version>");
        MatchResult build = only(coordinates, read(Path.of("pom.xml")));
        assertThat(only(coordinates, readme).group()).isEqualToIgnoringWhitespace(build.group());
        assertThat(readme).contains("\"%s:%s:%s\"".formatted(build.group(1), build.group(2), build.group(3)));
        for (String example : List.of("three-lines", "shop", "spring-boot", "bot")) {
            assertThat(read(Path.of("examples", example, "pom.xml")))
                    .contains("<klatsch.version>" + build.group(3) + "</klatsch.version>");
        }
    }

    @Test
    void the_path_of_a_message_is_as_long_as_it_says() {
        String architecture = read(Path.of("ARCHITECTURE.md"));
        List<String> path = STEP.matcher(architecture.substring(architecture.indexOf("## Reading path")))
                .results()
                .map(step -> step.group(1))
                .toList();
        long lines = path.stream()
                .mapToLong(file -> read(Path.of(file)).lines().count())
                .sum();
        for (String document : List.of(readme, architecture)) {
            MatchResult said = only(PATH_OF_A_MESSAGE, document);
            assertThat(path).hasSize(Integer.parseInt(said.group(1)));
            long about = Long.parseLong(said.group(2).replace(",", ""));
            assertThat(about).isBetween(lines * 95 / 100, lines * 105 / 100);
        }
    }

    private static MatchResult only(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s", pattern).isTrue();
        return matcher.toMatchResult();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
