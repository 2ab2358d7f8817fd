package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private final String readme = read("README.md");

    @Test
    void its_example_is_code_that_compiles() {
        String example = read("src/test/java/chat/klatsch/example/Embedding.java")
                .lines()
                .dropWhile(line -> !line.contains("try ("))
                .limit(3)
                .map(line -> line.substring(8))
                .collect(Collectors.joining("\n"));
        assertThat(readme).contains("```java\n" + example + "\n```");
    }

    @Test
    void it_names_every_setting_with_its_default() {
        assertThat(Settings.help().lines().map(String::strip).map(line -> line.substring(0, line.indexOf('='))))
                .allSatisfy(flag -> assertThat(readme).contains("`" + flag + "`"));
        for (Limit limit : Limit.values()) {
            assertThat(readme).containsPattern("`--limits." + limit.setting() + "`[^\n]*\\| " + limit.standard() + " ");
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
