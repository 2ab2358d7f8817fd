package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.JarProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets the clock of a chat's process while it runs, by a library that the machine's C compiler makes. */
class SetClockTest {
    private static final Path LIBRARY =
            Path.of(System.getProperty("faketime", "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"));

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void an_hour_breaks_no_order_session_connection_or_limit(long hours) throws Exception {
        Path library = library();
        Path time = scratch.resolve("time");
        set(time, 0);
        Map<String, String> environment = Map.of("LD_PRELOAD", library.toString(), "SET_CLOCK", time.toString());
        try (JarProcess chat = JarProcess.ofClasses(
                        scratch,
                        "true",
                        environment,
                        "--port=0",
                        "--data=" + scratch.resolve("data"),
                        "--limits.postsPerMinute=60",
                        "--limits.postBurst=2");
                ChatClient alice = new ChatClient(chat.url(), "alice").signUp();
                ChatClient bob = new ChatClient(chat.url(), "bob").signUp()) {
            alice.connect();
            bob.connect();
            Instant before = date(alice);
            posts(alice, "one", 1);
            posts(alice, "two", 2);
            set(time, hours);
            await().until(() -> Duration.between(before, date(alice)).abs().toMinutes() > 50);
            posts(alice, "three", 3);
            posts(alice, "four", 4);
            set(time, 0);
            posts(alice, "five", 5);
            assertThat(alice.isConnected() && bob.isConnected()).isTrue();
            await().until(() -> bob.seen().size() == 5);
            assertThat(bob.seen())
                    .extracting(ChatClient.Seen::seq)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 5).boxed().toList());
            bob.disconnect();
            await().atMost(Duration.ofSeconds(3)).until(() -> alice.online() == 1);
            assertThat(new ChatClient(chat.url(), "bob")
                            .signIn()
                            .get("rooms/lobby")
                            .statusCode())
                    .isEqualTo(200);
            chat.terminate();
            assertThat(chat.exitCode()).isEqualTo(143);
            assertThat(chat.errors()).doesNotContain(" WARN ", " ERROR ");
        }
    }

    private Path library() throws IOException, InterruptedException {
        Path library = scratch.resolve("set-clock.so");
        try (InputStream code = Objects.requireNonNull(getClass().getResourceAsStream("set-clock.c"))) {
            Path source = scratch.resolve("set-clock.c");
            Files.copy(code, source, StandardCopyOption.REPLACE_EXISTING);
            Process compiler = new ProcessBuilder(
                            "sh",
                            "-c",
                            "command -v cc >/dev/null || exit 77; cc -shared -fPIC -o \"$1\" \"$2\"",
                            "sh",
                            library.toString(),
                            source.toString())
                    .inheritIO()
                    .start();
            int result = compiler.waitFor();
            assumeTrue(result != 77, "there is no C compiler");
            assertThat(result).isZero();
        }
        return library;
    }

    private static void set(Path time, long hours) throws IOException {
        ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        seconds.putLong(0, Duration.ofHours(hours).toSeconds());
        // Keeps the file that the process has mapped.
        try (FileChannel file = FileChannel.open(time, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(seconds);
        }
    }

    /** Posts as soon as the limit allows it, which gives back a message each second. */
    private static void posts(ChatClient author, String text, long seq) {
        assertThat(await().atMost(Duration.ofSeconds(5))
                        .until(
                                () -> author.post(
                                        author.at("messages"),
                                        Map.of("body", text, "key", text),
                                        "Accept",
                                        "application/json"),
                                response -> response.statusCode() == 201)
                        .body())
                .isEqualTo("{\"seq\":" + seq + "}");
    }

    private static Instant date(ChatClient client) {
        String date = client.get("healthz").headers().firstValue("Date").orElseThrow();
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }
}
