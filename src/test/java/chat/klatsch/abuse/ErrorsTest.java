package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Abuse that looks for files and methods that are not meant to be served, and for errors that tell much. */
@TestMethodOrder(MethodOrderer.MethodName.class) // the last one breaks the server
class ErrorsTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.passwordMemory(1));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h2-console",
                "h2-console/login.do",
                ".git/config",
                ".env",
                ".well-known/security.txt",
                "klatsch.mv.db",
                "klatsch-data/klatsch.mv.db",
                "WEB-INF/web.xml",
                "META-INF/MANIFEST.MF",
                "templates/room/page.jte",
                "schema/1-lobby.sql",
                "chat/klatsch/store/schema/1-lobby.sql",
                "static/",
                "static/.git",
                "static/schema",
                "actuator/env",
                "jolokia",
                "console",
                "server-status",
                "debug/pprof",
                "metrics/x",
                "webjars/htmx.org",
                "package.json",
                "index.php",
                "wp-login.php"
            })
    void a40_nothing_but_the_chat_is_served(String path) {
        assertThat(RawHttp.request(
                                chat.port(),
                                "GET /" + path + " HTTP/1.1",
                                chat.user("alice").cookieLine())
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "CONNECT", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND", "DEBUG", "X"})
    void a40_other_methods_are_refused_and_repeat_nothing(String method) {
        for (String path : List.of("/", "/login", "/rooms/lobby", "/rooms/lobby/messages", "/static/nope")) {
            RawHttp.Answer answer = RawHttp.request(chat.port(), method + " " + path + " HTTP/1.1", "X: repeated");
            assertThat(answer.status()).as(path).isIn(400, 404, 405, 501);
            assertThat(answer.text()).doesNotContain("repeated");
            HeadersTest.assertGuarded(answer);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a40_no_port_but_its_own_is_open_and_that_to_this_machine_only(@TempDir Path directory) throws IOException {
        Set<String> before = openPorts();
        try (ChatServer server = ChatServer.start(
                        config -> config.fromEnvironment().port(0).dataDirectory(directory));
                ChatClient alice =
                        new ChatClient(server.url(), "alice").signUp().connect()) {
            alice.posts("at work");
            Set<String> opened = openPorts();
            opened.removeAll(before);
            assertThat(opened).containsExactly("tcp 127.0.0.1:" + server.port());
        }
    }

    /** Returns the addresses at which this process takes connections or datagrams. */
    private static Set<String> openPorts() throws IOException {
        Set<String> own = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"), Files::isSymbolicLink)) {
            for (Path file : files) {
                own.add(Files.readSymbolicLink(file).toString());
            }
        }
        Set<String> open = new HashSet<>();
        for (String kind : List.of("tcp", "tcp6", "udp", "udp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net", kind))) {
                String[] columns = line.strip().split(" +");
                if (own.contains("socket:[" + columns[9] + "]") && columns[2].endsWith(":0000")) {
                    String[] local = columns[1].split(":");
                    // In the order of the machine's bytes, and after a prefix where it is mapped to IPv6.
                    String address = local[0].endsWith("0100007F") ? "127.0.0.1" : local[0];
                    open.add("%s %s:%s".formatted(kind.replace("6", ""), address, Integer.parseInt(local[1], 16)));
                }
            }
        }
        return open;
    }

    @Test
    void a41_an_exception_shows_a_generic_page_with_the_headers() throws SQLException {
        ChatClient bob = chat.user("bob");
        String session = "Cookie: klatsch=" + bob.cookie("klatsch").orElseThrow();
        assertThat(RawHttp.request(chat.port(), "GET /settings HTTP/1.1", session)
                        .status())
                .isEqualTo(200);
        try (var connection = DriverManager.getConnection(
                        "jdbc:h2:ordered:" + chat.directory().resolve("klatsch"));
                var statement = connection.createStatement()) {
            statement.execute("alter table klatsch_messages rename to gone");
        }
        for (String accept : List.of("text/html", "application/json")) {
            RawHttp.Answer answer =
                    RawHttp.request(chat.port(), "GET /rooms/lobby HTTP/1.1", session, "Accept: " + accept);
            assertThat(answer.status()).isIn(500, 503);
            assertThat(answer.body())
                    .containsAnyOf("Something went wrong on our side", "try again")
                    .doesNotContainIgnoringCase("exception")
                    .doesNotContainIgnoringCase("select")
                    .doesNotContain("chat.klatsch", "messages", "H2", "java");
            HeadersTest.assertGuarded(answer);
        }
    }
}
