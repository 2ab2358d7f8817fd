package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link GuestHost}, a program that embeds the chat, in a JVM of its own. */
class GuestTest {
    /** What a host has only if it asks for it. */
    private static final String LEFT_OUT = ".*[/\\\\](jedis|smtp|imap|angus-\\w+|postgresql)-[^/\\\\]*";

    /** Ones that the chat would refuse or follow, if it read them. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("KLATSCH_PORT", "nonsense", "KLATSCH_BASE_PATH", "/evil", "KLATSCH_DATA", "elsewhere");

    @TempDir
    static Path scratch;

    private static int exitCode;
    private static List<String> output;

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        String classPath = Stream.of(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .filter(entry -> !entry.matches(LEFT_OUT))
                .collect(Collectors.joining(File.pathSeparator));
        Path temporary = Files.createDirectory(scratch.resolve("temporary"));
        Path out = scratch.resolve("out.txt");
        ProcessBuilder host = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                classPath,
                GuestHost.class.getName());
        host.environment().putAll(ENVIRONMENT);
        host.directory(Files.createDirectory(scratch.resolve("work")).toFile());
        Process process = host.redirectOutput(out.toFile())
                .redirectError(scratch.resolve("err.txt").toFile())
                .start();
        try {
            assertThat(process.waitFor(180, TimeUnit.SECONDS))
                    .as("the host has ended, though it has not closed the chat")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        exitCode = process.exitValue();
        output = Files.readAllLines(out);
    }

    @Test
    void the_host_ends_when_its_own_threads_end_and_the_chat_prints_nothing() throws IOException {
        assertThat(exitCode).as(Files.readString(scratch.resolve("err.txt"))).isZero();
        assertThat(output).allMatch(line -> line.startsWith("host: "));
        // What the host's logger writes.
        assertThat(Files.readAllLines(scratch.resolve("err.txt")))
                .allMatch(line -> line.contains(" INFO chat.klatsch.operation.StartLog - "));
    }

    @Test
    void nothing_is_read_from_the_environment_or_written_outside_the_data_directory() throws IOException {
        assertThat(output).contains("host: the path is /", "host: READY");
        try (Stream<Path> files = Files.list(scratch.resolve("work"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("klatsch-data");
        }
    }

    @Test
    void a_setting_names_the_library_that_it_needs() {
        assertThat(output)
                .contains(
                        "host: the library redis.clients:jedis is needed, but is not on the class path",
                        "host: the library org.eclipse.angus:smtp is needed, but is not on the class path",
                        "host: the library org.postgresql:postgresql is needed, but is not on the class path");
    }

    @Test
    void fifty_starts_and_closes_leave_nothing() throws IOException {
        assertThat(output)
                .contains(
                        "host: 50 closed, alone",
                        "host: heap left, alone: 0",
                        "host: 50 closed, mounted",
                        "host: heap left, mounted: 0",
                        "host: shutdown hooks: []");
        try (Stream<Path> files = Files.list(scratch.resolve("temporary"))) {
            assertThat(files.filter(file -> !file.getFileName().toString().startsWith("hsperfdata")))
                    .isEmpty();
        }
    }
}
