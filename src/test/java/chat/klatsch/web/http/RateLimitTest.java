package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RateLimitTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 1));

    @Test
    void form_and_socket_share_a_burst_of_ten_messages() {
        // The rate is so low that only the burst is available during this test.

        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        IntStream.range(0, 10).forEach(i -> alice.sends("{\"body\":\"burst\"}"));
        alice.sends("{\"body\":\"too fast\"}");
        await().until(() -> alice.notices().size() == 1);
        assertThat(alice.bodies()).doesNotContain("too fast");

        HttpResponse<String> refused =
                alice.post("rooms/lobby/messages", Map.of("body", "too fast", "key", "k"), "HX-Request", "true");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 61);
        assertThat(Jsoup.parseBodyFragment(refused.body())
                        .select("[name=body]")
                        .first()
                        .val())
                .isEqualTo("too fast");

        bob.posts("not affected");
        alice.sees("not affected");
        assertThat(alice.isConnected()).isTrue();
        assertThat(bob.notices()).isEmpty();
    }
}
