package chat.klatsch.web.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.SlowClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlowRequestsTest {
    private static final Duration HEAD = Duration.ofMillis(600);

    private static final RequestDeadlines QUICK = new RequestDeadlines(
            Duration.ofMillis(300),
            HEAD,
            Duration.ofMillis(900),
            Duration.ofSeconds(4),
            8 * 1024,
            Duration.ofMillis(50));

    private static final String FORM =
            "POST /login HTTP/1.1\r\nHost: localhost\r\n" + "Content-Type: application/x-www-form-urlencoded\r\n";

    private static final String GET = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.requestDeadlines(QUICK));

    private final ChatClient alice = chat.user("alice");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET /login HTTP/1.1 | x",
                "GET /login HTTP/1.1~Host: localhost~X: | y",
                "`GET /login HTTP/1.1~Host: localhost~` | ``",
                "`POST /login HTTP/1.1~Host: localhost~Content-Length: 9000~~a=` | b",
                "`POST /login HTTP/1.1~Host: localhost~Content-Length: 9000~~` | ``",
                "`POST /login HTTP/1.1~Host: localhost~Content-Length: 9000~Expect: 100-continue~Connection: close~~a` | b",
                "`POST /login HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~` | `1~b~`",
                "`POST /login HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~` | ``",
                "`POST /login HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~1;` | x",
                "`GET /healthz HTTP/1.1~Host: localhost~~GET /login HTTP/1.1~X: ` | y",
            })
    void a_request_that_drips_or_never_ends_is_answered_408_and_closed(String start, String drop) {
        try (SlowClient client = new SlowClient(chat.port())) {
            String answer = client.sends(start.replace("~", "\r\n")).drips(drop.replace("~", "\r\n"));
            assertThat(answer).contains("HTTP/1.1 408 Request Timeout\r\n").contains("Content-Security-Policy: ");
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000, 1", "60000000, 1", "1000000, 1000", "60000000, 1000"})
    void an_upload_that_is_too_slow_or_takes_too_long_is_answered_408_and_closed(int length, int drop) {
        try (SlowClient client = new SlowClient(chat.port())) {
            assertThat(client.sends(upload(length)).drips("x".repeat(drop))).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void a_connection_without_a_request_is_closed_without_an_answer() {
        try (SlowClient client = new SlowClient(chat.port())) {
            assertThat(client.drips("")).isEmpty();
        }
    }

    @Test
    void a_slow_but_steady_upload_is_accepted() throws IOException, InterruptedException {
        byte[] image = Images.file("still.png");
        String form = "--x\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"a.png\"\r\n\r\n"
                + new String(image, StandardCharsets.ISO_8859_1) + "\r\n--x\r\n"
                + "Content-Disposition: form-data; name=\"more\"\r\n\r\n" + "y".repeat(30_000) + "\r\n--x--\r\n";
        try (SlowClient client = new SlowClient(chat.port())) {
            client.sends(upload(form.length()));
            long start = System.nanoTime();
            for (int i = 0; i < form.length(); i += 1_000) {
                client.sends(form.substring(i, Math.min(form.length(), i + 1_000)));
                Thread.sleep(50);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(QUICK.body());
            assertThat(client.reads()).startsWith("HTTP/1.1 303 ");
        }
    }

    @Test
    void a_kept_connection_may_pause_between_requests() throws InterruptedException {
        try (SlowClient client = new SlowClient(chat.port())) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.sends(GET).reads()).startsWith("HTTP/1.1 200 ");
                Thread.sleep(HEAD.toMillis() + 200);
            }
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order() {
        String form = FORM.replace("/login", "/nowhere");
        String inChunks = form + "Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n";
        try (SlowClient client = new SlowClient(chat.port())) {
            client.sends(GET + form + "Content-Length: 3\r\n\r\na=b" + GET + inChunks + GET);
            for (int status : List.of(200, 404, 200, 404, 200)) {
                assertThat(client.reads()).startsWith("HTTP/1.1 " + status + " ");
            }
        }
    }

    @Test
    void a_malformed_chunk_is_a_client_error() {
        try (SlowClient client = new SlowClient(chat.port())) {
            client.sends(FORM + "Transfer-Encoding: chunked\r\n\r\n");
            assertThat(client.drips("z\r\n")).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void a_websocket_may_be_idle() throws InterruptedException {
        ChatClient bob = chat.join("bob");
        Thread.sleep(QUICK.body().toMillis() + 500);
        long seq = alice.posts("still there?");
        bob.sees("still there?");
        assertThat(seq).isPositive();
    }

    @Test
    void a_client_that_does_not_read_its_responses_is_closed() {
        String page = alice.page("rooms/lobby").select("link[rel=stylesheet]").attr("href");
        String get = "GET " + page + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (SlowClient client = new SlowClient(chat.port())) {
            client.sends(get.repeat(100));
            await().until(client::isClosed);
        }
    }

    private String upload(int length) {
        return "POST /settings/avatar HTTP/1.1\r\nHost: localhost\r\n" + alice.cookieLine()
                + "\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
