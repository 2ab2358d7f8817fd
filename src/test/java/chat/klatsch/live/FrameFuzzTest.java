package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

class FrameFuzzTest {
    @FuzzTest
    void joined_frames_read_back_as_their_joined_texts(byte[] data) {
        List<String> texts = List.of(new String(data, StandardCharsets.UTF_8).split("\\|"));
        Stream<String> pieces = texts.isEmpty() ? Stream.of("") : texts.stream();
        assertThat(FrameTest.read(Frame.joined(pieces.map(Frame::of).toList()).wire()))
                .isEqualTo(String.join("", texts));
    }
}
