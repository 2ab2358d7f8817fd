package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What lets nodes of the version before run on while the first node of a new version has changed the schema: migrations only
 * add, and what they add needs no value from those that do not know it.
 */
class NeighbouringVersionsTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/chat/klatsch/store/schema");

    /** The last one before the rule. */
    private static final int BEFORE = 24;

    private static final String ADDITION = "(?is)create table .*|create (unique )?index .*|insert into .*"
            + "|alter table \\S+ add column (?!.*not null).*"
            + "|alter table \\S+ add column .* default .*";

    @Test
    void migrations_only_add() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(MIGRATIONS)) {
            files = all.filter(file -> file.toString().endsWith(".sql"))
                    .filter(file -> number(file) > BEFORE)
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            String script = Files.readString(file).replaceAll("--.*", "");
            assertThat(Arrays.stream(script.split(";")).map(String::strip).filter(statement -> !statement.isEmpty()))
                    .as("statements of %s", file)
                    .allSatisfy(statement -> assertThat(statement).matches(ADDITION));
        }
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().replaceFirst("-.*", ""));
    }
}
