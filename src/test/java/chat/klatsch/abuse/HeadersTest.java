package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Abuse that looks for a response without protection. */
class HeadersTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.passwordMemory(1)
            .limit(Limit.POSTS_PER_MINUTE, 1)
            .limit(Limit.POST_BURST, 1)
            .limit(Limit.CONNECTIONS, 1));

    /** One that says that it is behind TLS. */
    @RegisterExtension
    static final ChatExtension secure =
            ChatExtension.with(config -> config.passwordMemory(1).publicUrl(URI.create("https://chat.example.org")));

    private static String cookie;

    /** A request, its expected status, and whether it is a WebSocket handshake. */
    record Exchange(int status, boolean upgrade, String... lines) {
        RawHttp.Answer answer() {
            return upgrade ? RawHttp.upgrade(chat.port(), lines) : RawHttp.request(chat.port(), lines);
        }

        @Override
        public String toString() {
            return status + " " + lines[0].substring(0, Math.min(60, lines[0].length()));
        }
    }

    @BeforeAll
    static void start() {
        ChatClient alice = chat.join("alice");
        alice.posts("the only one");
        cookie = alice.cookieLine();
    }

    static Stream<Exchange> exchanges() {
        String form = "Content-Type: application/x-www-form-urlencoded";
        String asset =
                chat.visitor("x").page("login").select("link[rel=stylesheet]").attr("href");
        String tag = RawHttp.request(chat.port(), "GET /users/alice/avatar HTTP/1.1", cookie)
                .header("ETag")
                .orElseThrow();
        return Stream.of(
                http(303, "GET / HTTP/1.1"),
                http(200, "GET /login HTTP/1.1"),
                http(200, "HEAD /login HTTP/1.1"),
                http(303, "HEAD / HTTP/1.1"),
                http(404, "HEAD /nope HTTP/1.1"),
                http(405, "HEAD /logout HTTP/1.1"),
                http(200, "HEAD " + asset + " HTTP/1.1"),
                http(414, "HEAD /" + "x".repeat(9_000) + " HTTP/1.1"),
                http(200, "GET /rooms/lobby HTTP/1.1", cookie),
                http(303, "GET /rooms/lobby HTTP/1.1"),
                http(200, "GET " + asset + " HTTP/1.1"),
                http(304, "GET /users/alice/avatar HTTP/1.1", cookie, "If-None-Match: " + tag),
                http(301, "GET /house HTTP/1.1"),
                http(200, "GET /users/alice/own.css HTTP/1.1"),
                http(200, "GET /readyz HTTP/1.1"),
                http(200, "GET /rooms/lobby/messages?before=9 HTTP/1.1", cookie),
                http(400, "GET /rooms/lobby/messages?before=x HTTP/1.1", cookie),
                http(404, "GET /admin HTTP/1.1"),
                http(405, "TRACE / HTTP/1.1"),
                http(400, "GET /../x HTTP/1.1"),
                http(400, "POST /login HTTP/1.1", "Content-Length: 3", "Transfer-Encoding: chunked"),
                http(501, "POST /login HTTP/1.1", "Transfer-Encoding: gzip, chunked"),
                http(431, "GET / HTTP/1.1", "X: " + "x".repeat(9_000)),
                http(404, "GET /rooms/lobby/live HTTP/1.1", cookie),
                http(200, "GET /users/alice/avatar HTTP/1.1", cookie),
                http(303, "GET /users/alice/avatar HTTP/1.1"),
                http(200, "GET /healthz HTTP/1.1"),
                http(401, "GET /rooms/lobby HTTP/1.1", "Accept: application/json"),
                http(403, "POST /logout HTTP/1.1", "Origin: null"),
                http(404, "GET /nope HTTP/1.1"),
                http(404, "GET /static/nope.css HTTP/1.1"),
                http(405, "DELETE /login HTTP/1.1"),
                http(413, "POST /login HTTP/1.1", "Content-Length: 99999999"),
                http(415, "POST /login HTTP/1.1", "Content-Length: 2", "Content-Type: a/b", "", "{}"),
                http(422, "POST /signup HTTP/1.1", form, "Content-Length: 0"),
                http(429, "POST /rooms/lobby/messages HTTP/1.1", cookie, form, "Content-Length: 6", "", "body=x"),
                http(414, "GET /" + "x".repeat(40_000) + " HTTP/1.1"),
                http(431, "GET / HTTP/1.1", "X: " + "x".repeat(40_000)),
                http(400, "nonsense"),
                http(400, "GET /%zz HTTP/1.1"),
                http(400, "GET / HTTP/1.1", "Host: another"),
                http(505, "GET / HTTP/9.9"),
                new Exchange(401, true, "GET /rooms/lobby/live HTTP/1.1"),
                new Exchange(401, true, "GET /inbox/live HTTP/1.1"),
                new Exchange(403, true, "GET /inbox/live HTTP/1.1", cookie, "Origin: null"),
                new Exchange(403, true, "GET /rooms/lobby/live HTTP/1.1", cookie, "Origin: null"),
                new Exchange(404, true, "GET /rooms/nowhere/live HTTP/1.1", cookie),
                new Exchange(404, true, "GET /nope/live HTTP/1.1", cookie),
                new Exchange(429, true, "GET /rooms/lobby/live HTTP/1.1", cookie));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void a39_every_response_has_the_security_headers(Exchange exchange) {
        RawHttp.Answer answer = exchange.answer();
        assertThat(answer.status()).isEqualTo(exchange.status());
        assertGuarded(answer);
    }

    @Test
    void a39_under_tls_every_response_also_asks_for_tls() {
        for (String path : List.of("/login", "/nope", "/static/nope.css", "/%zz")) {
            RawHttp.Answer answer = RawHttp.request(secure.port(), "GET " + path + " HTTP/1.1");
            assertGuarded(answer);
            assertThat(answer.header("Strict-Transport-Security")).contains("max-age=31536000");
        }
    }

    static void assertGuarded(RawHttp.Answer answer) {
        Map.of(
                        "X-Content-Type-Options", "nosniff",
                        "Referrer-Policy", "same-origin",
                        "Cross-Origin-Opener-Policy", "same-origin",
                        "Cross-Origin-Resource-Policy", "same-origin")
                .forEach((name, value) ->
                        assertThat(answer.headers(name)).as(name).containsExactly(value));
        List<String> policies = answer.headers("Content-Security-Policy");
        assertThat(policies).hasSize(1);
        assertThat(policies.get(0))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "*", "http:", "data:");
        assertThat(answer.headers("Cache-Control")).hasSize(1);
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Powered-By")).isEmpty();
        assertThat(answer.text().toLowerCase(java.util.Locale.ROOT)).doesNotContain("jetty", "javalin");
    }

    private static Exchange http(int status, String... lines) {
        return new Exchange(status, false, lines);
    }
}
