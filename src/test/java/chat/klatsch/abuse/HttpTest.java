package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.QuietLog;
import chat.klatsch.fixture.RawHttp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Abuse of HTTP itself: requests that servers read differently, and addresses that lead out of the chat. */
@ExtendWith(QuietLog.class)
class HttpTest {
    private static final String FORM = "\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.passwordMemory(1));

    private final ChatClient alice = chat.user("alice");

    @AfterEach
    void the_server_still_answers() {
        assertThat(alice.getStatus("rooms/lobby")).isEqualTo(200);
    }

    @Test
    void a18_nine_kilobytes_of_header_or_address_are_answered_431_or_414() {
        String nine = "x".repeat(9 * 1024);
        for (String header :
                List.of("X: " + nine, "Cookie: klatsch=" + nine, "X" + nine + ": y", "X: y\r\n".repeat(2_000))) {
            assertThat(request("GET /login HTTP/1.1", header.strip())).isEqualTo(431);
        }
        for (String path :
                List.of("/" + nine, "/rooms/" + nine, "/static/" + nine, "/login/" + nine, "/healthz?" + nine)) {
            assertThat(request("GET " + path + " HTTP/1.1")).isEqualTo(414);
        }
        assertThat(request("GET /login?next=" + "x".repeat(40_000) + " HTTP/1.1"))
                .isEqualTo(414);
    }

    static Stream<String> smuggled() {
        String get = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
        String post = "POST /login HTTP/1.1" + FORM;
        return Stream.of(
                post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=bc",
                post + "Content-Length: 3, 4\r\n\r\na=bc",
                post + "Content-Length: +3\r\n\r\na=b",
                post + "Content-Length: -3\r\n\r\na=b",
                post + "Content-Length: 0x3\r\n\r\na=b",
                post + "Content-Length: 3 3\r\n\r\na=b",
                post + "Content-Length: 99999999999999999999\r\n\r\na=b",
                post + "Content-Length : 3\r\n\r\na=b",
                post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\n3\r\na=bX\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                get + "X: a\r\n b\r\n\r\n",
                get + "X: a\r\n\tb\r\n\r\n",
                get + " X: a\r\n\r\n",
                get + "X: a\0b\r\n\r\n",
                get + "X: a\rb\r\n\r\n",
                get + ": a\r\n\r\n",
                get + "X\r\n\r\n",
                get + "Host: y\r\n\r\n",
                "GET /healthz HTTP/1.1\r\n\r\n",
                "GET /healthz HTTP/1.1\r\n Host: x\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("smuggled")
    void a19_a_request_that_a_proxy_may_read_differently_is_answered_400(String bytes) {
        assertThat(RawHttp.send(chat.port(), bytes).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2f",
                "%2e%2e%2f",
                "%2e%2e/",
                "..%5c",
                "..\\",
                "static/..%2f..%2fklatsch.properties",
                "static/%2e%2e%2f%2e%2e%2fetc/passwd",
                "static/..;/..;/etc/passwd",
                "static/%252e%252e%252fetc%252fpasswd",
                "rooms/..%2flogin",
                "rooms/lobby;jsessionid=1",
                "login;jsessionid=1",
                ";jsessionid=1",
                "rooms/lobby;x/messages?before=1",
                "rooms//lobby",
                "//login",
                "admin;/users",
                "%61dmin/users",
                "ADMIN/users",
            })
    void a20_a_path_that_leads_elsewhere_is_answered_400_or_404(String path) {
        assertThat(request("GET /" + path + " HTTP/1.1", alice.cookieLine())).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%00", "%ff", "%c0%ae", "%c0%af", "%ed%a0%80", "%f5%80%80%80", "%80", "%e2%82", "%0", "%", "%zz"
            })
    void a21_bytes_that_are_no_text_are_answered_400(String bytes) {
        for (String path : List.of("", "rooms/", "rooms/lobby/messages/", "@", "users/", "static/", "invitations/")) {
            String avatar = path.equals("users/") ? "/avatar" : "";
            assertThat(request("GET /" + path + bytes + avatar + " HTTP/1.1", alice.cookieLine()))
                    .as(path)
                    .isEqualTo(400);
        }
        assertThat(request("GET /rooms/lobby/messages?before=" + bytes + " HTTP/1.1", alice.cookieLine()))
                .isEqualTo(400);
        for (String query :
                List.of("search?q=", "search?q=a&room=", "search?q=a&before=", "login?next=", "rooms/lobby?at=")) {
            assertThat(request("GET /" + query + bytes + " HTTP/1.1", alice.cookieLine()))
                    .as(query)
                    .isBetween(200, 404);
        }
        for (String field : List.of("rooms/lobby/messages body=", "rooms name=", "settings name=", "login login=")) {
            String[] words = field.split(" ");
            assertThat(request(
                            "POST /" + words[0] + " HTTP/1.1",
                            alice.cookieLine(),
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: " + (words[1] + bytes).length(),
                            "",
                            words[1] + bytes))
                    .as(field)
                    .isBetween(303, 429);
        }
    }

    private static int request(String... lines) {
        return RawHttp.request(chat.port(), lines).status();
    }
}
