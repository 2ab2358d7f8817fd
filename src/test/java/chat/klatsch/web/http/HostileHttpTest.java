package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.QuietLog;
import chat.klatsch.fixture.RawHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(QuietLog.class)
class HostileHttpTest {
    private static final String POSTS = "rooms/lobby/messages";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.user("alice");

    @AfterEach
    void the_server_still_answers() {
        assertThat(alice.getStatus("rooms/lobby")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json",
                "text/plain",
                "nonsense"
            })
    void a_ten_megabyte_body_of_any_type_is_refused_before_it_is_read(String type) {
        assertThat(RawHttp.request(
                                chat.port(),
                                "POST /" + POSTS + " HTTP/1.1",
                                cookie(),
                                "Content-Type: " + type,
                                "Content-Length: 10000000")
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json | {\"body\":\"hi\"}",
                "text/plain | body=hi",
                "multipart/form-data | body=hi",
                "multipart/form-data; boundary=x | --x",
                "multipart/form-data; boundary=x | --x--",
                "application/x-www-form-urlencoded | body",
                "application/x-www-form-urlencoded | &&&=&=%",
                "application/x-www-form-urlencoded | body=%",
                "application/x-www-form-urlencoded | body=%zz",
                "application/x-www-form-urlencoded; charset=nonsense | body=hi",
                "; | body=hi",
            })
    void a_body_that_is_no_form_is_a_client_error(String type, String body) {
        assertThat(post(body, type)).isBetween(400, 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rooms/lobby%2f..%2f..%2fetc%2fpasswd",
                "static/..%2f..%2fklatsch.properties",
                "static/%2e%2e/%2e%2e/etc/passwd",
                "static/%252e%252e%252f",
                "rooms/%ff%fe",
                "rooms/lobby;x=1/..;/..;/nope",
                "users/..%2f..%2fx/avatar",
                "users/%3Cscript%3E/own.css",
                "rooms/lobby%00",
                "rooms/%ED%A0%80",
                "rooms/..",
                "%2frooms/lobby",
                "rooms//lobby",
            })
    void unusual_paths_are_not_found(String path) {
        assertThat(RawHttp.request(chat.port(), "GET /" + path + " HTTP/1.1", cookie())
                        .status())
                .isBetween(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%u0041",
                "rooms/%u0041",
                "rooms/lobby/live/%U0041",
                "users/%u0041/avatar",
                "static/%u002e",
                "admin/%u0041",
                "rooms/../rooms/lobby",
                "./rooms/lobby",
                "rooms/lobby/.",
                "rooms/lobby/..",
                "rooms/%2e%2e/rooms/lobby",
                "rooms/.%2E/x",
                "rooms/..;x/y",
                "rooms/a%2fb",
                "rooms/%",
                "@%e",
            })
    void ambiguous_paths_are_refused_for_every_method(String path) {
        for (String method : List.of("GET", "HEAD", "POST", "DELETE")) {
            assertThat(RawHttp.request(chat.port(), method + " /" + path + " HTTP/1.1", cookie())
                            .status())
                    .as(method)
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'identity, chunked', 501",
        "'gzip, chunked', 501",
        "identity, 400",
        "'chunked, identity', 400",
        "'chunked, chunked', 400",
        "CHUNKED, 303"
    })
    void a_body_in_other_codings_than_chunks_is_refused(String codings, int status) {
        assertThat(RawHttp.send(
                                chat.port(),
                                "POST /login HTTP/1.1\r\nHost: 127.0.0.1:" + chat.port()
                                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close"
                                        + "\r\nTransfer-Encoding: " + codings
                                        + "\r\n\r\n2a\r\nlogin=alice&password=correct+horse+battery\r\n0\r\n\r\n")
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"login?login=alice&password=correct+horse+battery", "password/forgot?email=alice@example.org"})
    void the_fields_of_a_post_come_from_its_body_only(String address) {
        assertThat(alice.send(address, new String[] {}, request -> request.POST(BodyPublishers.noBody()))
                        .statusCode())
                .isBetween(400, 422);
    }

    static Stream<String> malformed() {
        return Stream.of(
                "nonsense\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n",
                "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /rooms/lobby?after=%zz HTTP/1.1\r\nHost: x\r\n" + cookie() + "\r\nConnection: close\r\n\r\n",
                "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
                "POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformed_http_is_refused(String bytes) {
        assertThat(RawHttp.send(chat.port(), bytes).status()).isIn(200, 400, 404, 415, 426, 501, 505);
    }

    @Test
    void overlong_requests_are_refused() {
        assertThat(RawHttp.request(chat.port(), "GET /" + "x".repeat(9_000) + " HTTP/1.1")
                        .status())
                .isEqualTo(414);
        assertThat(RawHttp.request(chat.port(), "GET / HTTP/1.1", "X: " + "x".repeat(9_000))
                        .status())
                .isEqualTo(431);
        assertThat(RawHttp.request(chat.port(), "GET /login?next=/" + "x".repeat(7_000) + " HTTP/1.1")
                        .status())
                .isEqualTo(200);
    }

    private static String cookie() {
        return chat.user("alice").cookieLine();
    }

    private int post(String body, String type) {
        return alice.send(
                        POSTS,
                        new String[] {"Content-Type", type},
                        request -> request.POST(BodyPublishers.ofString(body)))
                .statusCode();
    }
}
