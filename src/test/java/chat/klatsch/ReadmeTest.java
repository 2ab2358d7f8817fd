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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Pattern PATH_OF_A_MESSAGE =
            Pattern.compile("path of a message is (\\d+) classes, about ([\\d,]+) lines");
    private static final Pattern STEP = Pattern.compile("(?m)^\\d+\\. \\[`\\w+`]\\(([^)]+\\.java)\\)$");

    private final String readme = read(Path.of("README.md"));

    @Test
    void its_example_is_code_that_compiles() {
        String example = read(Path.of("src/test/java/chat/klatsch/example/Embedding.java"))
                .lines()
                .dropWhile(line -> !line.contains("try ("))
                .limit(3)
                .map(line -> line.substring(8))
                .collect(Collectors.joining("\n"));
        assertThat(readme).contains("```java\n" + example + "\n```");
    }

    @Test
    void its_coordinates_are_those_of_the_build() {
        Pattern coordinates =
                Pattern.compile("<groupId>(.*)</groupId>\\s*<artifactId>(.*)</artifactId>\\s*<version>(.*)</version>");
        assertThat(only(coordinates, readme).group())
                .isEqualToIgnoringWhitespace(
                        only(coordinates, read(Path.of("pom.xml"))).group());
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
