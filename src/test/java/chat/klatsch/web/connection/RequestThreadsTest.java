package chat.klatsch.web.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.SlowClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestThreadsTest {
    /** More than Jetty has threads on Java 17. */
    private static final int CLIENTS = 300;

    private static final RequestDeadlines PATIENT = new RequestDeadlines(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            1,
            Duration.ofSeconds(1));

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.CONNECTIONS_PER_ADDRESS, 0)
            .limit(Limit.POSTS_PER_MINUTE, 0)
            .requestDeadlines(PATIENT));

    @Test
    void a_client_that_does_not_read_occupies_no_thread() {
        ChatClient bob = chat.user("bob");
        String page = bob.page("rooms/lobby").select("link[rel=stylesheet]").attr("href");
        String get = "GET " + page + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        List<SlowClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new SlowClient(chat.port()).sends(get.repeat(30)));
            }
            await().until(() -> clients.stream().allMatch(SlowClient::isAnswered));
            assertThat(bob.getStatus("rooms/lobby")).isEqualTo(200);
            assertThat(bob.posts("Hello")).isPositive();
        } finally {
            clients.forEach(SlowClient::close);
        }
    }

    @Test
    void responses_that_a_network_does_not_read_take_a_bounded_amount_of_memory() {
        ChatClient carol = chat.user("carol");
        for (int i = 0; i < 50; i++) {
            carol.posts("&".repeat(2_000));
        }
        String get = "GET /rooms/lobby HTTP/1.1\r\nHost: localhost\r\n" + carol.cookieLine() + "\r\n\r\n";
        List<SlowClient> clients = new ArrayList<>();
        try {
            await().until(() -> {
                clients.add(new SlowClient(chat.port()).sends(get.repeat(3)));
                return clients.stream().anyMatch(SlowClient::isClosed);
            });
            assertThat(carol.getStatus("rooms/lobby")).isEqualTo(200);
        } finally {
            clients.forEach(SlowClient::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /login", "PUT /admin", "DELETE /nowhere", "POST /settings/avatar"})
    void a_slow_body_occupies_no_thread(String request) {
        ChatClient alice = chat.user("alice");
        List<SlowClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new SlowClient(chat.port())
                        .sends(request + " HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\na="));
            }
            assertThat(alice.getStatus("rooms/lobby")).isEqualTo(200);
            assertThat(alice.posts("Hello")).isPositive();
        } finally {
            clients.forEach(SlowClient::close);
        }
    }
}
