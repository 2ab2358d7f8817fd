package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Log;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages that a client may send over a WebSocket. */
class SocketTest {
    private static ChatServer chat;
    private static ChatClient alice;
    private static ChatClient bob;

    private Log log;

    @BeforeAll
    static void start(@TempDir Path directory) {
        chat = ChatServer.start(
                config -> config.port(0).dataDirectory(directory).limit(Limit.POSTS_PER_MINUTE, 0));
        alice = new ChatClient(chat.url(), "alice").signUp();
        bob = ChatClient.join(chat, "bob");
    }

    @AfterAll
    static void stop() {
        bob.close();
        chat.close();
    }

    @BeforeEach
    void connect() {
        log = new Log();
        alice.connect();
    }

    @AfterEach
    void nothing_unexpected_is_logged_and_nobody_else_notices() {
        alice.close();
        log.close();
        assertThat(log.complaints()).isEmpty();
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
                "{\"body\":\"a\\u0000b\"}",
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
    void nonsense_is_refused_to_the_one_who_sent_it_and_the_connection_stays(String frame) {
        int before = alice.notices().size();
        alice.sends(frame);
        await().until(() -> alice.notices().size() == before + 1);
        assertThat(alice.notices().get(before)).isNotBlank();

        alice.sends("{\"body\":\"well said\",\"key\":\"%d\",\"headers\":{\"HX-Request\":\"true\"}}".formatted(before));
        alice.sees("well said");
    }

    @Test
    void somebody_who_sends_nothing_but_nonsense_is_sent_away() {
        IntStream.range(0, 25).forEach(i -> alice.sendsUnlessClosed("nonsense"));
        assertThat(alice.closeCode()).isEqualTo(1008);
        assertThat(alice.connects("rooms/lobby/live")).isEqualTo(101);
    }

    @Test
    void binary_and_oversized_frames_end_the_connection() {
        alice.sends(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(alice.closeCode()).isEqualTo(1003);

        alice.connect();
        alice.sendsUnlessClosed("{\"body\":\"" + "x".repeat(64 * 1024) + "\"}");
        assertThat(alice.closeCode()).isEqualTo(1009);
    }

    @Test
    void after_a_place_comes_exactly_what_follows_it() {
        List<Long> seqs = LongStream.range(0, 5)
                .map(i -> bob.posts("message " + i))
                .boxed()
                .toList();
        ChatClient late = new ChatClient(chat.url(), "alice").signIn().connectAfter(seqs.get(1));
        await().until(() -> late.seen().size() == 3);
        bob.posts("and one more");
        late.sees("and one more");
        assertThat(late.seen().stream().map(ChatClient.Seen::seq))
                .containsExactly(seqs.get(2), seqs.get(3), seqs.get(4), seqs.get(4) + 1);
        late.close();
    }

    @Test
    void who_resumes_is_told_nothing_until_they_say_what_they_have_seen() {
        long first = bob.posts("before");
        ChatClient back = new ChatClient(chat.url(), "alice").signIn().connect("rooms/lobby/live?resume");
        bob.posts("meanwhile");
        bob.sees("meanwhile");
        assertThat(back.seen()).isEmpty();

        back.sends("{\"after\":\"%d\",\"headers\":{}}".formatted(first));
        back.sends("{\"after\":\"0\"}");
        bob.posts("later");
        back.sees("later");
        assertThat(back.bodies()).containsExactly("meanwhile", "later");
        back.close();
    }
}
