package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadRequestsTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.user("alice");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rooms/lobby",
                "/rooms/nowhere",
                "/nowhere",
                "/users/alice/avatar",
                "/users/alice/own.css",
                "/static/klatsch.css",
                "/static/nowhere.css",
                "/healthz",
                "/readyz",
                "/rooms/lobby/live"
            })
    void the_head_of_a_response_is_that_of_get(String path) {
        String file = path.equals("/static/klatsch.css")
                ? alice.page("rooms/lobby")
                        .select("link[href*=/static/klatsch]")
                        .attr("href")
                : path;
        for (String condition :
                List.of("Accept: */*", "Accept-Encoding: gzip", "Accept-Encoding: br", "HX-Request: true")) {
            RawHttp.Answer get =
                    RawHttp.request(chat.port(), "GET " + file + " HTTP/1.1", alice.cookieLine(), condition);
            RawHttp.Answer head =
                    RawHttp.request(chat.port(), "HEAD " + file + " HTTP/1.1", alice.cookieLine(), condition);
            assertThat(lines(head)).isEqualTo(lines(get));
            assertThat(head.body()).isEmpty();
            get.header("ETag")
                    .ifPresent(tag -> assertThat(RawHttp.request(
                                            chat.port(),
                                            "HEAD " + file + " HTTP/1.1",
                                            alice.cookieLine(),
                                            "If-None-Match: " + tag)
                                    .status())
                            .isEqualTo(304));
        }
    }

    @Test
    void head_opens_no_socket() {
        RawHttp.Answer answer = RawHttp.upgrade(
                chat.port(), "HEAD /rooms/lobby/live HTTP/1.1", alice.cookieLine(), "Origin: http://evil.example");
        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void a_connection_serves_further_requests_after_head() {
        String host = " HTTP/1.1\r\nHost: 127.0.0.1:" + chat.port() + "\r\n" + alice.cookieLine() + "\r\n";
        String text = RawHttp.send(
                        chat.port(),
                        "HEAD /rooms/lobby" + host + "\r\nHEAD /healthz" + host + "\r\nGET /healthz" + host
                                + "Connection: close\r\n\r\n")
                .text();
        assertThat(text.split("HTTP/1.1 200 OK", -1)).hasSize(4);
        assertThat(text).endsWith("\r\n\r\nok\n").doesNotContain("<html");
    }

    /** The status line and the headers, without the length of a compressed page with a random key. */
    private static List<String> lines(RawHttp.Answer answer) {
        return answer.text()
                .split("\\r\\n\\r\\n", 2)[0]
                .replaceFirst("'nonce-[^']+'", "")
                .replaceFirst("(?s)(Content-Encoding: gzip.*Content-Length: )\\d+", "$1…")
                .lines()
                .filter(line -> !line.startsWith("Date:"))
                .toList();
    }
}
