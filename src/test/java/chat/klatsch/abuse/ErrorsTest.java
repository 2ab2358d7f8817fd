package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
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
    void a41_an_exception_shows_a_generic_page_with_the_headers() throws SQLException {
        ChatClient bob = chat.user("bob");
        String session = "Cookie: klatsch=" + bob.cookie("klatsch").orElseThrow();
        assertThat(RawHttp.request(chat.port(), "GET /settings HTTP/1.1", session)
                        .status())
                .isEqualTo(200);
        try (var connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + chat.directory().resolve("klatsch"));
                var statement = connection.createStatement()) {
            statement.execute("alter table messages rename to gone");
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
