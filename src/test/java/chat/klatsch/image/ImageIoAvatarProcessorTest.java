package chat.klatsch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.ChatException;
import chat.klatsch.fixture.HostileImages;
import chat.klatsch.fixture.Images;
import chat.klatsch.profile.Avatar;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIoAvatarProcessorTest {
    private static final int RED = 0xe04020;
    private static final int BLUE = 0x3060c0;
    private static final int WHITE = 0xffffff;

    private final ImageIoAvatarProcessor processor = new ImageIoAvatarProcessor();

    @ParameterizedTest
    @CsvSource({"still.png, false", "still.gif, false", "progressive.jpg, false"})
    void the_middle_of_a_picture_becomes_a_square_jpeg(String name, boolean transparent) throws IOException {
        BufferedImage avatar = avatar(Images.file(name));
        assertThat(avatar.getWidth()).isEqualTo(192);
        assertThat(avatar.getHeight()).isEqualTo(192);
        assertColour(avatar, 96, 96, RED);
        assertColour(avatar, 4, 4, transparent ? WHITE : BLUE);
    }

    @ParameterizedTest
    @CsvSource({"turned3.jpg, 96, 180", "turned6.jpg, 180, 96", "turned8.jpg, 10, 96"})
    void a_photo_is_turned_upright(String name, int x, int y) throws IOException {
        assertColour(avatar(Images.file(name)), x, y, 0xff0000);
        assertColour(avatar(Images.file(name)), 191 - x, 191 - y, 0x0000ff);
    }

    @Test
    void metadata_and_trailing_bytes_are_dropped() throws IOException {
        byte[] photo = Images.file("turned6.jpg");
        assertThat(text(photo)).contains("secret place");
        ByteArrayOutputStream polyglot = new ByteArrayOutputStream();
        polyglot.writeBytes(photo);
        polyglot.writeBytes("<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        assertThat(text(processor.process(polyglot.toByteArray()).jpeg())).doesNotContain("secret", "Exif", "script");
    }

    @ParameterizedTest
    @ValueSource(strings = {"still.png", "still.gif", "progressive.jpg"})
    void a_truncated_file_is_refused(String name) throws IOException {
        byte[] whole = Images.file(name);
        for (int tenths = 0; tenths < 10; tenths++) {
            refuses(Arrays.copyOf(whole, whole.length * tenths / 10));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"moving.gif", "moving.png"})
    void an_animation_becomes_its_first_frame(String name) throws IOException {
        BufferedImage avatar = avatar(Images.file(name));
        assertThat(avatar.getWidth()).isEqualTo(192);
        assertColour(avatar, 96, 96, RED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><script>alert(1)</script>",
                "BM6",
                "GIF89a",
                "RIFF\0\0\0\0WEBPVP8 ",
                "\u0089PNG\r\n\u001a\n",
                ""
            })
    void a_file_that_is_not_a_picture_is_refused(String content) {
        refuses(content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_picture_that_needs_too_much_memory_is_not_decoded() throws IOException {
        byte[] enormous = Images.file("still.png");
        ByteBuffer.wrap(enormous).putInt(16, 60_000).putInt(20, 60_000);
        CRC32 checksum = new CRC32();
        checksum.update(enormous, 12, 17);
        ByteBuffer.wrap(enormous).putInt(29, (int) checksum.getValue());
        assertThatThrownBy(() -> processor.process(enormous)).hasMessageContaining("too many pixels");
    }

    @Test
    void compressed_text_in_a_picture_is_not_expanded() throws IOException {
        ByteArrayOutputStream comment = new ByteArrayOutputStream();
        comment.writeBytes("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1));
        comment.writeBytes(HostileImages.deflatedZeros(300_000_000));
        byte[] still = Images.file("still.png");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(still, 0, 33);
        file.writeBytes(HostileImages.chunk("zTXt", comment.toByteArray()));
        file.write(still, 33, still.length - 33);
        assertColour(avatar(file.toByteArray()), 96, 96, RED);
    }

    private BufferedImage avatar(byte[] file) throws IOException {
        Avatar avatar = processor.process(file);
        return ImageIO.read(new ByteArrayInputStream(avatar.jpeg()));
    }

    private void refuses(byte[] file) {
        assertThatThrownBy(() -> processor.process(file))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.INVALID));
    }

    private static void assertColour(BufferedImage image, int x, int y, int colour) {
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(image.getRGB(x, y) >> shift & 0xff)
                    .as("%06x at %s, %s", image.getRGB(x, y) & 0xffffff, x, y)
                    .isCloseTo(colour >> shift & 0xff, org.assertj.core.data.Offset.offset(12));
        }
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
