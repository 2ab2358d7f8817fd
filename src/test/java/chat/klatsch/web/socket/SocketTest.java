package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.QuietLog;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the frames that clients send over a WebSocket. */
@ExtendWith(QuietLog.class)
class SocketTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient alice = chat.user("alice");
    private final ChatClient bob = chat.join("bob");

    @BeforeEach
    void connect() {
        alice.connect();
    }

    @AfterEach
    void other_users_are_not_affected() {
        alice.close();
        assertThat(bob.notices()).isEmpty();
        bob.posts("still here");
        assertThat(bob.isConnected()).isTrue();
    }

    static Stream<String> nonsense() {
        return Stream.of(
                "",
                "hello",
                "[]",
                "1",
                "null",
                "\"text\"",
                "{}",
                "{\"body\":\"a\"",
                "{\"body\":\"a\"} {}",
                "{\"body\":\"a\",\"body\":\"b\"}",
                "{\"body\":1}",
                "{\"body\":null}",
                "{\"body\":true}",
                "{\"body\":[\"a\"]}",
                "{\"body\":{\"a\":1}}",
                "{\"body\":\"a\",\"key\":{}}",
                "{\"body\":\"a\",\"key\":1}",
                "{\"body\":\"a\",\"key\":\"" + "k".repeat(101) + "\"}",
                "{\"body\":\"\\ud800\"}",
                "{\"body\":\" \\u0000\"}",
                "{\"body\":\"\\udc00\\ud800\"}",
                "{\"body\":\"  \"}",
                "{\"body\":\"" + "x".repeat(2_001) + "\"}",
                "{\"unknown\":1}",
                "{\"key\":\"k\"}",
                "{\"listed\":\"digest\"}",
                "{\"read\":-1}",
                "{\"body\":\"a\",\"replyTo\":-1}",
                "{\"body\":\"a\",\"replyTo\":\"\"}",
                "{\"after\":\"-1\"}",
                "{\"after\":-1}",
                "{\"after\":1.5}",
                "{\"after\":\"1.5\"}",
                "{\"after\":\"\"}",
                "{\"after\":null}",
                "{\"after\":true}",
                "{\"after\":{}}",
                "{\"after\":1e1000000000}",
                "{\"after\":" + "9".repeat(2_000) + "}",
                "{\"body\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
                "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void a_malformed_frame_gets_a_notice_and_keeps_the_connection(String frame) {
        int before = alice.notices().size();
        alice.sends(frame);
        await().until(() -> alice.notices().size() == before + 1);
        assertThat(alice.notices().get(before)).isNotBlank();

        alice.sends("{\"body\":\"well said\",\"key\":\"%s\",\"headers\":{\"HX-Request\":\"true\"}}".formatted(before));
        alice.sees("well said");
    }

    @Test
    void a_client_that_sends_only_malformed_frames_is_closed() {
        IntStream.range(0, 25).forEach(i -> alice.sendsUnlessClosed("nonsense"));
        assertThat(alice.closeCode()).isEqualTo(1008);
        assertThat(alice.connects("rooms/lobby/live")).isEqualTo(101);
    }

    @Test
    void binary_and_oversized_frames_close_the_connection() {
        alice.sends(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(alice.closeCode()).isEqualTo(1003);

        alice.connect();
        alice.sendsUnlessClosed("{\"body\":\"" + "x".repeat(64 * 1024) + "\"}");
        assertThat(alice.closeCode()).isEqualTo(1009);
    }

    @Test
    void a_client_gets_exactly_the_messages_after_its_cursor() {
        List<Long> seqs = LongStream.range(0, 5)
                .map(i -> bob.posts("message " + i))
                .boxed()
                .toList();
        ChatClient late = chat.visitor("alice").signIn().connectAfter(seqs.get(1));
        await().until(() -> late.seen().size() == 3);
        bob.posts("and one more");
        late.sees("and one more");
        assertThat(late.seen().stream().map(ChatClient.Seen::seq))
                .containsExactly(seqs.get(2), seqs.get(3), seqs.get(4), seqs.get(4) + 1);
        late.close();
    }

    @Test
    void a_resuming_client_gets_nothing_until_it_sends_its_cursor() {
        long first = bob.posts("before");
        ChatClient back = chat.visitor("alice").signIn().connect("rooms/lobby/live?resume");
        bob.posts("meanwhile");
        bob.sees("meanwhile");
        assertThat(back.seen()).isEmpty();

        back.sends("{\"after\":\"%s\",\"headers\":{}}".formatted(first));
        back.sends("{\"after\":\"0\"}");
        bob.posts("later");
        back.sees("later");
        assertThat(back.bodies()).containsExactly("meanwhile", "later");
        back.close();
    }
}
