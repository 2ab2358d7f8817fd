package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.JarProcess;
import chat.klatsch.fixture.Mailbox;
import chat.klatsch.fixture.Ports;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.Redis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code doctor}. */
class DoctorTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @TempDir
    Path scratch;

    /** What the command prints, and whether it found no error. */
    private record Examination(boolean passed, String table) {}

    @Test
    void nothing_is_wrong_with_the_defaults_and_nothing_is_created() {
        Path data = scratch.resolve("data");
        try (JarProcess doctor = JarProcess.ofClasses(
                scratch, "true", Map.of("KLATSCH_REDIS", ""), "doctor", "--port=0", "--data=" + data)) {
            assertThat(doctor.exitCode()).isZero();
            assertThat(doctor.output())
                    .contains("Settings made: ", "--port, --data", "ok       Address", "will be created", "Errors: 0")
                    .doesNotContain("KLATSCH_REDIS");
            assertThat(doctor.errors()).isEmpty();
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void an_error_ends_it_with_1_and_a_malformed_setting_with_2() {
        try (JarProcess broken = JarProcess.ofClasses(
                        scratch, "true", Map.of(), "doctor", "--port=0", "--redis=redis://127.0.0.1:1");
                JarProcess malformed = JarProcess.ofClasses(scratch, "true", Map.of(), "doctor", "--port=x")) {
            assertThat(broken.exitCode()).isEqualTo(1);
            assertThat(malformed.exitCode()).isEqualTo(2);
            assertThat(malformed.errors()).startsWith("klatsch: --port=x").hasLineCount(1);
        }
    }

    @Test
    void everything_that_cannot_be_reached_is_named_with_what_to_do_and_no_password() throws IOException {
        int closed = Ports.free();
        Path file = Files.createFile(scratch.resolve("file"));
        Examination bare = examine(config -> config.dataDirectory(file).host("192.0.2.1"));
        Examination connected = examine(config -> config.redisUrl(URI.create("redis://:secret@127.0.0.1:" + closed))
                .smtpUrl(URI.create("smtp://me:secret@127.0.0.1:" + closed + "?from=chat@example.org"))
                .databaseUrl("jdbc:postgresql://127.0.0.1:" + closed + "/klatsch?user=me&password=secret")
                .publicUrl(URI.create("http://127.0.0.1:" + closed)));
        assertThat(bare.passed() || connected.passed()).isFalse();
        assertThat(found(bare, "error")).containsExactlyInAnyOrder("Address", "Data");
        assertThat(found(bare, "warning")).containsExactlyInAnyOrder("Email", "Public URL");
        assertThat(found(connected, "error")).containsExactlyInAnyOrder("Redis", "Email", "Database", "Public URL");
        assertThat(found(connected, "warning")).containsExactly("Proxy");
        assertThat(connected.table()).doesNotContain("secret");
        Stream.of(bare, connected).forEach(examination -> {
            assertThat(examination.table().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
            assertThat(examination.table().split("Do: ", -1).length - 1)
                    .isEqualTo(found(examination, "error").size()
                            + found(examination, "warning").size());
        });
    }

    @Test
    void servers_that_answer_are_well() throws IOException {
        try (Redis redis = new Redis();
                Mailbox mailbox = new Mailbox()) {
            Examination examination = examine(config ->
                    config.redisUrl(redis.url()).smtpUrl(mailbox.url()).databaseUrl(postgres.empty()));
            assertThat(examination.passed()).as(examination.table()).isTrue();
            assertThat(found(examination, "ok")).contains("Redis", "Email", "Database", "Rights", "Clock");
            // The tests' server runs without.
            assertThat(found(examination, "warning")).isSubsetOf("Durability", "Open files");
        }
    }

    @Test
    void a_chat_that_runs_is_left_alone_and_its_public_url_is_tried() {
        chat.user("alice").posts("hello");
        Examination examination = examine(config -> config.port(chat.port())
                .dataDirectory(chat.directory())
                .publicUrl(URI.create(chat.url().replaceFirst("/$", ""))));
        assertThat(examination.passed()).as(examination.table()).isTrue();
        assertThat(examination.table())
                .contains("and is ready", "in use by a chat", "leads to the chat", "pass through to the chat");
        assertThat(found(examination, "ok")).contains("Clock");
        assertThat(chat.user("alice").posts("still here")).isEqualTo(2);
        chat.stop();
        assertThat(examine(config -> config.dataDirectory(chat.directory())).table())
                .containsPattern("MiB, with \\d\\d tables");
    }

    @Test
    void a_proxy_that_takes_the_upgrade_away_or_has_another_clock_is_found() throws IOException {
        try (ServerSocket proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answer(proxy));
            server.setDaemon(true);
            server.start();
            Examination examination =
                    examine(config -> config.publicUrl(URI.create("http://127.0.0.1:" + proxy.getLocalPort()))
                            .trustedProxies("127.0.0.1")
                            .smtpUrl(URI.create("smtp://127.0.0.1:1?from=chat@example.org")));
            assertThat(found(examination, "error")).containsExactly("Email", "WebSockets");
            assertThat(found(examination, "warning")).containsExactly("Clock");
        }
    }

    /** Knows one page only, and no WebSockets. */
    private static void answer(ServerSocket proxy) {
        while (!proxy.isClosed()) {
            try (Socket socket = proxy.accept()) {
                byte[] head = new byte[4_096];
                int length = socket.getInputStream().read(head);
                boolean known = new String(head, 0, Math.max(length, 0), StandardCharsets.UTF_8).contains("/healthz");
                String response = "HTTP/1.1 " + (known ? "200 OK" : "404 Not Found")
                        + "\r\nDate: Tue, 1 Dec 2020 00:00:00 GMT\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The client has given up, or the proxy is closed.
            }
        }
    }

    private Examination examine(Consumer<ChatConfig> settings) {
        ChatConfig config = new ChatConfig().port(0).dataDirectory(scratch.resolve("data"));
        settings.accept(config);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        boolean passed = Main.examine(config, new PrintStream(printed, true, StandardCharsets.UTF_8));
        return new Examination(passed, printed.toString(StandardCharsets.UTF_8));
    }

    /** Returns the subjects of a level. */
    private static List<String> found(Examination examination, String level) {
        return examination
                .table()
                .lines()
                .filter(line -> line.startsWith("  " + level + " "))
                .map(line -> line.substring(11, 24).strip())
                .toList();
    }
}
