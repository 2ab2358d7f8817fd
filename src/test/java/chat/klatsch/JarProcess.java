package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged chat as a process of its own. */
public final class JarProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Klatsch is listening on (http://127\\.0\\.0\\.1:\\d+/)");

    private final Process process;
    private final Path out;
    private final Path err;

    /** @param arguments for the chat, and those with -D for its JVM */
    public JarProcess(Path scratch, String... arguments) {
        // It ends before the optimising compiler would pay.
        this(scratch, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), List.of(arguments));
    }

    /** @param flags for its JVM */
    public JarProcess(Path scratch, List<String> flags, List<String> given) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        given.stream().filter(argument -> argument.startsWith("-D")).forEach(command::add);
        command.addAll(List.of("-jar", "target/klatsch.jar"));
        given.stream().filter(argument -> !argument.startsWith("-D")).forEach(command::add);
        try {
            this.out = Files.createTempFile(scratch, "out", ".txt");
            this.err = Files.createTempFile(scratch, "err", ".txt");
            this.process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address, once it takes requests. */
    public String url() {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            assertThat(process.isAlive()).as(this::errors).isTrue();
                            Matcher line = LISTENING.matcher(output());
                            return line.find() ? Optional.of(line.group(1)) : Optional.<String>empty();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public int exitCode() {
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String output() {
        return read(out);
    }

    public String errors() {
        return read(err);
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Holds it, so that it takes connections and says nothing more. */
    public void freeze() {
        Signal.send("STOP", process.toHandle());
    }

    public void thaw() {
        Signal.send("CONT", process.toHandle());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
