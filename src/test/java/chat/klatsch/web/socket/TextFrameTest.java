package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.live.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFrameTest {
    /** The lengths around those at which the header grows. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 300_000})
    void a_frame_is_one_whole_text_message_of_a_websocket(int length) {
        String text = "x".repeat(length);
        assertThat(read(TextFrame.of(text).encoded())).isEqualTo(text);
        assertThat(TextFrame.of(text).bytes()).isEqualTo(length);
    }

    @Test
    void frames_are_joined_into_one_message_and_stay_what_they_are() {
        List<Frame> frames =
                Stream.of("Grüße, ", "x".repeat(200), " ☕").map(TextFrame::of).toList();
        String all = "Grüße, " + "x".repeat(200) + " ☕";
        assertThat(read(TextFrame.joined(frames).encoded())).isEqualTo(all);
        assertThat(read(TextFrame.joined(frames).encoded())).isEqualTo(all);
        assertThat(TextFrame.joined(frames.subList(0, 1))).isSameAs(frames.get(0));
    }

    @Test
    void a_frame_that_changes_what_earlier_ones_insert_is_not_joined_to_them() {
        FrameQueue queue = new FrameQueue();
        for (String text : List.of("one", "two", "change of one", "three", "change of two", "change of three")) {
            assertThat(queue.add(TextFrame.of(text, text.startsWith("change")))).isTrue();
        }
        List<String> joined = new ArrayList<>();
        while (!queue.isEmpty()) {
            joined.add(read(TextFrame.joined(queue.take()).encoded()));
        }
        assertThat(joined).containsExactly("onetwo", "change of onethree", "change of two", "change of three");
    }

    /** Reads a frame as a client does. */
    static String read(ByteBuffer frame) {
        assertThat(frame.get()).isEqualTo((byte) 0x81);
        int length = frame.get();
        long bytes = length == 127 ? frame.getLong() : length == 126 ? Short.toUnsignedInt(frame.getShort()) : length;
        assertThat(frame.remaining()).isEqualTo((int) bytes);
        return StandardCharsets.UTF_8.decode(frame).toString();
    }
}
