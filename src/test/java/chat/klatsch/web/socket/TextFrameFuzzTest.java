package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.live.Frame;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

class TextFrameFuzzTest {
    @FuzzTest
    void joined_frames_read_back_as_their_joined_texts(byte[] data) {
        List<String> texts = List.of(new String(data, StandardCharsets.UTF_8).split("\\|"));
        Stream<String> pieces = texts.isEmpty() ? Stream.of("") : texts.stream();
        assertThat(TextFrameTest.read(
                        TextFrame.joined(pieces.<Frame>map(TextFrame::of).toList())
                                .encoded()))
                .isEqualTo(String.join("", texts));
    }
}
