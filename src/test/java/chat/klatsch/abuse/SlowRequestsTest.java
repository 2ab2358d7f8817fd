package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.SlowClient;
import chat.klatsch.web.connection.RequestDeadlines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Abuse by requests that never end, 300 at a time. The deadlines are short, so that the test is. */
class SlowRequestsTest {
    private static final int CONNECTIONS = 300;

    private static final RequestDeadlines QUICK = new RequestDeadlines(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(9),
            8 * 1024,
            Duration.ofMillis(100));

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config ->
            config.passwordMemory(1).requestDeadlines(QUICK).limit(Limit.CONNECTIONS_PER_ADDRESS, CONNECTIONS));

    private final ChatClient alice = chat.user("alice");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "head | `GET /login HTTP/1.1~Host: x~X: ` | y",
                "body | `POST /login HTTP/1.1~Host: x~Content-Length: 9000~~a=` | b",
            })
    void a16_a17_slow_heads_and_bodies_are_closed_and_delay_nobody(String part, String start, String drop) {
        assertThat(alice.getStatus("rooms/lobby")).isEqualTo(200);
        List<SlowClient> slow = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> new SlowClient(chat.port()))
                .toList();
        try {
            slow.forEach(client -> client.sends(start.replace("~", "\r\n")));
            List<Duration> delays = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                long sent = System.nanoTime();
                assertThat(alice.getStatus("rooms/lobby")).isEqualTo(200);
                delays.add(Duration.ofNanos(System.nanoTime() - sent));
            }
            Collections.sort(delays);
            assertThat(delays.get(18)).isLessThan(Duration.ofSeconds(1));
            assertThat(slow.get(CONNECTIONS - 1).drips(drop)).startsWith("HTTP/1.1 408 ");
        } finally {
            slow.forEach(SlowClient::close);
        }
    }
}
