package chat.klatsch.web.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.SlowClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionShareTest {
    /** Four for each live connection that an address may have. */
    private static final int SHARE = 4;

    /** In MiB, so that all clients are connected before the first is answered. */
    private static final int SLOW_HASHING = 128;

    private static final RequestDeadlines PATIENT = new RequestDeadlines(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            1,
            Duration.ofSeconds(1));

    private static final String HEAD = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.CONNECTIONS_PER_ADDRESS, 1).requestDeadlines(PATIENT));

    private final List<SlowClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(SlowClient::close);
    }

    @Test
    void the_newest_connection_of_an_address_gets_in_and_the_longest_waiting_one_is_closed() {
        SlowClient first = connect();
        for (int i = 1; i < SHARE; i++) {
            connect();
        }
        SlowClient newest = connect();
        assertThat(newest.sends("\r\n").reads()).startsWith("HTTP/1.1 200 ");
        assertThat(first.reads()).startsWith("HTTP/1.1 408 ");
        assertThat(clients.get(1).sends("\r\n").reads()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_connection_whose_request_was_refused_makes_room_before_one_that_has_waited_longer() {
        SlowClient first = connect();
        for (int i = 1; i < SHARE; i++) {
            SlowClient refused = new SlowClient(chat.port());
            clients.add(refused);
            assertThat(refused.sends("GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .reads())
                    .startsWith("HTTP/1.1 404 ");
        }
        // A response arrives a moment before its connection waits again, so that the first may find room.
        connect();
        connect();
        assertThat(clients.get(1).drips("")).isEmpty();
        assertThat(first.sends("\r\n").reads()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void an_address_has_at_most_twice_its_share_even_if_its_connections_wait_for_the_server() {
        chat.configure(config -> config.passwordMemory(SLOW_HASHING));
        for (int i = 0; i < 2 * SHARE; i++) {
            String form = "username=user" + i + "&password=correct+horse+" + i;
            SlowClient next = new SlowClient(chat.port());
            clients.add(next);
            next.sends("POST /signup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Expect: 100-continue\r\nContent-Length: " + form.length() + "\r\n\r\n");
            assertThat(next.reads()).startsWith("HTTP/1.1 100 ");
            next.sends(form);
        }
        clients.add(new SlowClient(chat.port()));
        await().until(() -> clients.stream().anyMatch(SlowClient::isClosed));
    }

    @Test
    void a_trusted_proxy_may_have_any_number_of_connections() {
        chat.configure(config -> config.trustedProxies("127.0.0.1"));
        for (int i = 0; i < 3 * SHARE; i++) {
            connect();
        }
        clients.forEach(client -> assertThat(client.sends("\r\n").reads()).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void no_limit_by_address_means_no_share_either() {
        chat.configure(config -> config.limit(Limit.CONNECTIONS_PER_ADDRESS, 0));
        for (int i = 0; i < 3 * SHARE; i++) {
            connect();
        }
        clients.forEach(client -> assertThat(client.sends("\r\n").reads()).startsWith("HTTP/1.1 200 "));
    }

    /** Connects, and leaves a second request incomplete once a first one has been answered. */
    private SlowClient connect() {
        SlowClient client = new SlowClient(chat.port());
        clients.add(client);
        assertThat(client.sends(HEAD + "\r\n").reads()).startsWith("HTTP/1.1 200 ");
        return client.sends(HEAD);
    }
}
