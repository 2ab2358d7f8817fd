package chat.klatsch.web.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.SlowClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestTurnsTest {
    private static final int CLIENTS = 200;

    /** The most pages that are made at a time for one network, on a machine of any size. */
    private static final int MAX_TURNS = 8;

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0)
            .limit(Limit.CONNECTIONS_PER_ADDRESS, 10)
            .trustedProxies("127.0.0.1"));

    private final List<SlowClient> clients = new ArrayList<>();
    private final ChatClient bob = chat.user("bob");

    @BeforeEach
    void write() {
        for (int i = 0; i < 50; i++) {
            bob.posts("&".repeat(2_000));
        }
    }

    @AfterEach
    void close() {
        clients.forEach(SlowClient::close);
    }

    @Test
    void few_pages_are_made_at_a_time_for_one_network() {
        requestPages();
        List<Long> counts = new ArrayList<>();
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            counts.add(pagesInTheMaking());
            return clients.stream().allMatch(SlowClient::isAnswered);
        });
        assertThat(counts).anyMatch(count -> count > 0).allMatch(count -> count <= MAX_TURNS);
    }

    @Test
    void whoever_has_too_many_waiting_is_told_to_try_again_and_nobody_else_is() {
        ChatClient carol = chat.user("carol");
        requestPages();
        assertThat(carol.getStatus("rooms/lobby")).isEqualTo(200);
        assertThat(bob.getStatus("rooms/lobby", "X-Forwarded-For", "192.0.2.7")).isEqualTo(200);
        List<String> heads = clients.stream()
                .map(client -> client.reads().split("\r\n\r\n")[0])
                .toList();
        assertThat(heads)
                .anySatisfy(head -> assertThat(head)
                        .startsWith("HTTP/1.1 503 ")
                        .contains("Retry-After: 1", "Content-Security-Policy: "));
    }

    private void requestPages() {
        String get = "GET /rooms/lobby HTTP/1.1\r\nHost: localhost\r\n" + bob.cookieLine() + "\r\n\r\n";
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new SlowClient(chat.port()));
        }
        clients.forEach(client -> client.sends(get));
    }

    private static long pagesInTheMaking() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals("chat.klatsch.web.room.RoomPages")))
                .count();
    }
}
