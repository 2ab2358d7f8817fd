package chat.klatsch.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.fixture.HostileImages;
import chat.klatsch.fixture.HostileJpegs;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderInputTest {
    static Stream<Arguments> images() {
        return Stream.of(
                Arguments.of("JPEG", HostileJpegs.progressive(8_000, 5_000, 2_010)),
                Arguments.of("JPEG", HostileJpegs.baseline(2_000, 2_000)),
                Arguments.of("PNG", HostileImages.png(2_000, 2_000, 8, 2, 24, false)),
                Arguments.of("PNG", HostileImages.png(1_000, 1_000, 16, 6, 64, true)),
                Arguments.of("GIF", HostileImages.gif(2_000, 2_000)));
    }

    @ParameterizedTest
    @MethodSource("images")
    void a_decoder_ends_when_its_time_is_used_up(String format, byte[] file) {
        assertThatThrownBy(() -> read(format, new DecoderInput(file, Duration.ofMillis(1))))
                .matches(DecoderInput::isTimeUp);
    }

    @Test
    void a_decoder_that_reads_beyond_the_end_is_ended() throws IOException {
        try (DecoderInput input = new DecoderInput(new byte[1], Duration.ofSeconds(1))) {
            input.read();
            assertThatThrownBy(input::read).isInstanceOf(EOFException.class);
        }
    }

    private static void read(String format, DecoderInput input) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        reader.setInput(input, false, true);
        try {
            reader.read(0);
        } finally {
            reader.dispose();
        }
    }
}
