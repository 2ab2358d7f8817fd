package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    /** Lengths around those at which the header grows. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 300_000})
    void a_frame_is_one_complete_websocket_text_message(int length) {
        String text = "x".repeat(length);
        assertThat(read(Frame.of(text).wire())).isEqualTo(text);
        assertThat(Frame.of(text).bytes()).isEqualTo(length);
    }

    @Test
    void joining_frames_makes_one_message_and_leaves_the_parts_unchanged() {
        List<Frame> frames =
                Stream.of("Grüße, ", "x".repeat(200), " ☕").map(Frame::of).toList();
        String all = "Grüße, " + "x".repeat(200) + " ☕";
        assertThat(read(Frame.joined(frames).wire())).isEqualTo(all);
        assertThat(read(Frame.joined(frames).wire())).isEqualTo(all);
        assertThat(Frame.joined(frames.subList(0, 1))).isSameAs(frames.get(0));
    }

    /** Reads a frame as a client does. */
    static String read(ByteBuffer wire) {
        assertThat(wire.get()).isEqualTo((byte) 0x81);
        int length = wire.get();
        long bytes = length == 127 ? wire.getLong() : length == 126 ? Short.toUnsignedInt(wire.getShort()) : length;
        assertThat(wire.remaining()).isEqualTo((int) bytes);
        return StandardCharsets.UTF_8.decode(wire).toString();
    }
}
