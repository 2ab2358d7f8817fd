package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.JarProcess;
import chat.klatsch.fixture.Mailbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the packaged jar as a process of its own. */
class JarIT {
    @TempDir
    Path scratch;

    @Test
    void help_lists_the_settings() {
        try (JarProcess help = run("--help");
                JarProcess version = run("--version")) {
            assertThat(help.exitCode()).isZero();
            assertThat(help.output()).contains("--port", "--limits.messageLength", "KLATSCH_PUBLIC_URL");
            assertThat(version.exitCode()).isZero();
            assertThat(version.output()).matches("Klatsch \\d\\S*\n");
            assertThat(help.errors() + version.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot=1", "--port=x", "--public-url=nonsense", "--limits.connections=-1"})
    void an_invalid_setting_exits_with_2_and_one_line(String argument) {
        try (JarProcess chat = run(argument)) {
            assertThat(chat.exitCode()).isEqualTo(2);
            assertSaysOneLine(chat, argument.split("=")[0]);
        }
    }

    @Test
    void a_running_chat_is_backed_up_and_restored_by_commands() {
        String file = scratch.resolve("chat.zip").toString();
        String elsewhere = "--data=" + scratch.resolve("elsewhere");
        try (JarProcess chat = start()) {
            new ChatClient(chat.url(), "alice").signUp().posts("hello");
            try (JarProcess backup = run("backup", "--data=" + scratch.resolve("data"), file);
                    JarProcess fileless = run("backup");
                    JarProcess unknown = run("backpu", file)) {
                assertThat(backup.exitCode()).as(backup::errors).isZero();
                assertThat(backup.errors()).matches("klatsch: saved \\d+ rows in \\d+ s\n");
                assertThat(fileless.exitCode()).isEqualTo(2);
                assertSaysOneLine(fileless, "backup needs one FILE");
                assertThat(unknown.exitCode()).isEqualTo(2);
                assertSaysOneLine(unknown, "unknown command backpu");
            }
        }
        try (JarProcess restore = run("restore", elsewhere, file)) {
            assertThat(restore.exitCode()).as(restore::errors).isZero();
        }
        try (JarProcess again = run("restore", elsewhere, file);
                JarProcess missing = run("restore", elsewhere, file + "x")) {
            assertThat(again.exitCode()).isEqualTo(1);
            assertSaysOneLine(again, "the database is not empty: it has users");
            assertThat(missing.exitCode()).isEqualTo(1);
            assertSaysOneLine(missing, "chat.zipx");
        }
        try (JarProcess chat = run("--port=0", elsewhere)) {
            assertThat(new ChatClient(chat.url(), "alice")
                            .signIn()
                            .get("rooms/lobby")
                            .body())
                    .contains("hello");
        }
    }

    @Test
    void a_list_of_the_libraries_in_the_jar_is_beside_it() throws IOException {
        assertThat(Files.readString(Path.of("target/klatsch.cdx.json")))
                .contains("pkg:maven/io.javalin/javalin@", "pkg:maven/org.eclipse.jetty/jetty-server@")
                .doesNotContain("junit");
    }

    @Test
    void a_data_directory_that_h2_would_misread_exits_with_2_and_one_line() {
        try (JarProcess chat = run("--data=" + scratch.resolve("a;b"))) {
            assertThat(chat.exitCode()).isEqualTo(2);
            assertSaysOneLine(chat, "a;b");
        }
    }

    @Test
    void a_missing_resource_exits_with_1_and_one_line() throws IOException {
        Path file = Files.createFile(scratch.resolve("file"));
        try (JarProcess first = start();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            first.url();
            String port = "--port=" + taken.getLocalPort();
            try (JarProcess portless = run(port, "--data=" + scratch.resolve("other"));
                    JarProcess dataless = run("--port=0", "--data=" + scratch.resolve("data"));
                    JarProcess fileless = run("--port=0", "--data=" + file);
                    JarProcess hostless = run("--host=nowhere.invalid", "--data=" + scratch.resolve("third"))) {
                for (JarProcess chat : List.of(portless, dataless, fileless, hostless)) {
                    assertThat(chat.exitCode()).isEqualTo(1);
                }
                assertSaysOneLine(portless, "cannot listen on 127.0.0.1:" + taken.getLocalPort());
                assertSaysOneLine(dataless, "in use by another chat");
                assertSaysOneLine(fileless, file.toString());
                assertSaysOneLine(hostless, "nowhere.invalid");
            }
        }
    }

    @Test
    void sigterm_closes_sockets_with_1012_and_exits() {
        try (JarProcess chat = start();
                ChatClient alice = new ChatClient(chat.url(), "alice")
                        .signUp("alice@example.org")
                        .connect()) {
            long begun = System.nanoTime();
            chat.terminate();
            assertThat(alice.closeCode()).isEqualTo(1012);
            assertThat(chat.exitCode()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            assertThat(chat.errors().lines().filter(line -> line.matches(".* (WARN|ERROR) .*|\\s+at .*")))
                    .isEmpty();
            assertThat(chat.errors().lines().filter(line -> line.contains("Email to")))
                    .singleElement(STRING)
                    .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T.*");
        }
    }

    /** The shaded jar could lack classes that the mail library looks up by name. */
    @Test
    void emails_arrive() {
        try (Mailbox mailbox = new Mailbox();
                JarProcess chat = start("--smtp=" + mailbox.url())) {
            new ChatClient(chat.url(), "alice")
                    .post(
                            "signup",
                            Map.of("username", "alice", "password", ChatClient.PASSWORD, "email", "alice@example.org"));
            assertThat(mailbox.link("alice@example.org", "confirm", 1)).isEqualTo(chat.url() + "email/verify");
        }
    }

    private static void assertSaysOneLine(JarProcess chat, String about) {
        assertThat(chat.output()).isEmpty();
        assertThat(chat.errors().lines()).hasSize(1);
        assertThat(chat.errors()).startsWith("klatsch: ").contains(about);
    }

    private JarProcess start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--port=0", "--data=" + scratch.resolve("data"), "--limits.postsPerMinute=0"));
        return run(arguments.toArray(String[]::new));
    }

    private JarProcess run(String... arguments) {
        return new JarProcess(scratch, arguments);
    }
}
