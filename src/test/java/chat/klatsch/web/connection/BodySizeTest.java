package chat.klatsch.web.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import chat.klatsch.fixture.SlowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodySizeTest {
    private static final String POST = "POST /login HTTP/1.1";
    private static final String TYPE = "Content-Type: application/x-www-form-urlencoded";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void a_stranger_may_send_only_a_small_body() {
        assertThat(RawHttp.request(chat.port(), POST, TYPE, "Content-Length: 100000")
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 40_000})
    void a_stranger_may_send_only_a_small_body_in_chunks(int size) {
        String chunk = Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n";
        String request = POST + "\r\nHost: localhost\r\n" + TYPE + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(RawHttp.send(chat.port(), request + chunk.repeat(1 + 40_000 / size))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void a_message_of_any_script_is_small_enough_to_be_kept_when_a_session_has_ended() {
        ChatClient stranger = chat.visitor();
        assertThat(stranger.postStatus("rooms/lobby/messages", Map.of("body", "😀".repeat(2_000), "key", "k")))
                .isEqualTo(401);
    }

    @Test
    void a_form_of_a_signed_in_user_may_be_larger() {
        ChatClient alice = chat.user("alice");
        assertThat(alice.postStatus("rooms/lobby/messages", Map.of("body", "x".repeat(200_000), "key", "k")))
                .isEqualTo(422);
    }

    @Test
    void a_declared_length_takes_nothing_from_others() {
        ChatClient carol = chat.user("carol");
        String declared = "POST /rooms/lobby/messages HTTP/1.1\r\nHost: localhost\r\n" + carol.cookieLine() + "\r\n"
                + TYPE + "\r\nContent-Length: 900000\r\n\r\nbody=";
        List<SlowClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                clients.add(new SlowClient(chat.port()).sends(declared));
            }
            assertThat(carol.postStatus("rooms/lobby/messages", Map.of("body", "x".repeat(200_000), "key", "k")))
                    .isEqualTo(422);
            assertThat(clients).noneMatch(SlowClient::isAnswered);
        } finally {
            clients.forEach(SlowClient::close);
        }
    }

    @Test
    void an_address_sends_a_few_large_forms_at_once_and_any_number_of_small_ones() {
        ChatClient bob = chat.user("bob");
        String large = "POST /rooms/lobby/messages HTTP/1.1\r\nHost: localhost\r\n" + bob.cookieLine() + "\r\n" + TYPE
                + "\r\nContent-Length: 900000\r\n\r\nbody=" + "x".repeat(100_000);
        List<SlowClient> clients = new ArrayList<>();
        try {
            Optional<SlowClient> refused = await().until(
                            () -> {
                                clients.add(new SlowClient(chat.port()).sends(large));
                                return clients.stream()
                                        .filter(SlowClient::isAnswered)
                                        .findFirst();
                            },
                            Optional::isPresent);
            assertThat(refused.orElseThrow().reads())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 1");
            assertThat(bob.posts("small")).isPositive();
        } finally {
            clients.forEach(SlowClient::close);
        }
    }
}
