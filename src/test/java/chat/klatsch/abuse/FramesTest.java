package chat.klatsch.abuse;

import static chat.klatsch.abuse.RawSocket.LAST;
import static chat.klatsch.abuse.RawSocket.TEXT;
import static chat.klatsch.abuse.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.QuietLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Abuse of an open WebSocket: frames that break the protocol or are malformed. */
@ExtendWith(QuietLog.class)
class FramesTest {
    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int RESERVED_BIT = 0x40;

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.passwordMemory(1));

    private static int users;

    /** Another user for every few tests, as each may post ten messages in a burst. */
    private final ChatClient mallory = chat.user("mallory" + users++ / 5);

    private final ChatClient bob = chat.join("bob");

    @AfterEach
    void others_notice_nothing() {
        mallory.close();
        assertThat(bob.isConnected()).isTrue();
        assertThat(bob.notices()).isEmpty();
    }

    static Stream<Arguments> violations() {
        byte[] hi = "{}".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                arguments("unmasked", new byte[] {(byte) (LAST | TEXT), 2, '{', '}'}),
                arguments("reserved bit", frame(LAST | RESERVED_BIT | TEXT, hi)),
                arguments("reserved bit two", frame(LAST | 0x20 | TEXT, hi)),
                arguments("unknown kind", frame(LAST | 3, hi)),
                arguments("unknown control", frame(LAST | 0xb, hi)),
                arguments("continuation of nothing", frame(LAST | CONTINUATION, hi)),
                arguments("a second start", joined(frame(TEXT, hi), frame(LAST | TEXT, hi))),
                arguments("control in parts", frame(PING, hi)),
                arguments("long control", frame(LAST | PING, new byte[126])),
                arguments("close code 0", frame(LAST | CLOSE, new byte[] {0, 0})),
                arguments("close code 1004", frame(LAST | CLOSE, new byte[] {3, (byte) 0xec})),
                arguments("close code 1005", frame(LAST | CLOSE, new byte[] {3, (byte) 0xed})),
                arguments("close code 2000", frame(LAST | CLOSE, new byte[] {7, (byte) 0xd0})),
                arguments("half a close code", frame(LAST | CLOSE, new byte[] {3})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void a09_a_frame_that_breaks_the_protocol_closes_with_1002(String kind, byte[] bytes) {
        assertThat(closeCode(bytes)).isEqualTo(1002);
    }

    static Stream<Arguments> notUtf8() {
        return Stream.of(
                arguments("no character", frame(LAST | TEXT, bytes(0xff))),
                arguments("overlong", frame(LAST | TEXT, bytes(0xc0, 0xaf))),
                arguments("half a pair", frame(LAST | TEXT, bytes(0xed, 0xa0, 0x80))),
                arguments("cut", frame(LAST | TEXT, bytes(0xe2, 0x82))),
                arguments("cut in parts", joined(frame(TEXT, bytes(0xe2)), frame(LAST | CONTINUATION, bytes(0x41)))),
                arguments("close reason", frame(LAST | CLOSE, bytes(3, 0xe8, 0xff))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notUtf8")
    void a10_text_that_is_not_utf_8_closes_with_1007(String kind, byte[] bytes) {
        assertThat(closeCode(bytes)).isEqualTo(1007);
    }

    @Test
    void a11_a_frame_of_more_than_64_kib_closes_with_1009() {
        String longest = "{\"typing\":\"" + "x".repeat(64 * 1024 - 13) + "\"}";
        mallory.connect();
        mallory.sends(longest);
        mallory.sends("{\"body\":\"the longest is fine\"}");
        mallory.sees("the longest is fine");
        mallory.sendsUnlessClosed(longest + " ");
        assertThat(mallory.closeCode()).isEqualTo(1009);
        assertThat(closeCode(joined(frame(TEXT, new byte[40_000]), frame(LAST, new byte[30_000]))))
                .isEqualTo(1009);
    }

    @Test
    void a12_a_binary_frame_closes_with_1003() {
        mallory.connect();
        mallory.sends(ByteBuffer.wrap("{\"body\":\"binary\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(mallory.closeCode()).isEqualTo(1003);
        assertThat(bob.bodies()).doesNotContain("binary");
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "hello",
                "[]",
                "null",
                "{}",
                "{\"body\":\"a\"",
                "{\"body\":\"a\"} {}",
                "{\"body\":\"a\",\"body\":\"b\"}",
                "{\"body\":1}",
                "{\"body\":[\"a\"]}",
                "{\"body\":{\"a\":1}}",
                "{\"body\":\"a\",\"key\":{}}",
                "{\"body\":NaN}",
                "{'body':'a'}",
                "{\"after\":1e1000000000}",
                "{\"read\":-1}",
                "[".repeat(10_000),
                "[".repeat(10_000) + "]".repeat(10_000),
                "{\"body\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
                "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                "{\"typing\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void a13_a_malformed_frame_is_answered_with_an_error_and_keeps_the_socket(String frame) {
        mallory.connect();
        int before = mallory.notices().size();
        mallory.sends(frame);
        await().until(() -> mallory.notices().size() == before + 1);
        assertThat(mallory.notices().get(before)).isNotBlank().doesNotContain("Exception", "logged", "jackson");
        mallory.sends("{\"typing\":true}");
        assertThat(mallory.isConnected()).isTrue();
    }

    @Test
    void a13_the_tenth_malformed_frame_within_a_minute_closes_with_1008() {
        mallory.connect();
        int before = mallory.notices().size();
        for (int i = 1; i < 10; i++) {
            mallory.sends("malformed");
        }
        await().until(() -> mallory.notices().size() == before + 9);
        assertThat(mallory.isConnected()).isTrue();
        mallory.sends("malformed");
        assertThat(mallory.closeCode()).isEqualTo(1008);
    }

    private int closeCode(byte[] bytes) {
        try (RawSocket socket = new RawSocket(chat.port(), mallory)) {
            socket.sends(bytes);
            return socket.closeCode();
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
