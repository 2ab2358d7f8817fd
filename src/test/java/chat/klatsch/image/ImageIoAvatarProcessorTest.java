package chat.klatsch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.ChatException;
import chat.klatsch.fixture.Pictures;
import chat.klatsch.profile.Avatar;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIoAvatarProcessorTest {
    private static final int RED = 0xe04020;
    private static final int BLUE = 0x3060c0;
    private static final int WHITE = 0xffffff;

    private final ImageIoAvatarProcessor avatarProcessor = new ImageIoAvatarProcessor();

    @ParameterizedTest
    @CsvSource({
        "still.png, false",
        "still.gif, false",
        "progressive.jpg, false",
        "lossy.webp, false",
        "lossless.webp, false",
        "alpha.webp, true",
        "alpha-lossless.webp, true"
    })
    void the_centre_of_an_image_becomes_a_square_jpeg(String name, boolean transparent) throws IOException {
        BufferedImage portrait = portrait(Pictures.file(name));
        assertThat(portrait.getWidth()).isEqualTo(192);
        assertThat(portrait.getHeight()).isEqualTo(192);
        assertColour(portrait, 96, 96, RED);
        assertColour(portrait, 4, 4, transparent ? WHITE : BLUE);
    }

    @ParameterizedTest
    @CsvSource({"turned3.jpg, 96, 180", "turned6.jpg, 180, 96", "turned8.jpg, 10, 96"})
    void the_exif_orientation_of_a_photo_is_applied(String name, int x, int y) throws IOException {
        assertColour(portrait(Pictures.file(name)), x, y, 0xff0000);
        assertColour(portrait(Pictures.file(name)), 191 - x, 191 - y, 0x0000ff);
    }

    @Test
    void metadata_is_removed() throws IOException {
        byte[] photo = Pictures.file("turned6.jpg");
        assertThat(text(photo)).contains("secret place");
        ByteArrayOutputStream polyglot = new ByteArrayOutputStream();
        polyglot.writeBytes(photo);
        polyglot.writeBytes("<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        assertThat(text(avatarProcessor.portrait(polyglot.toByteArray()).jpeg()))
                .doesNotContain("secret", "Exif", "script");
    }

    @ParameterizedTest
    @ValueSource(strings = {"still.png", "still.gif", "progressive.jpg", "lossy.webp", "lossless.webp", "alpha.webp"})
    void a_truncated_file_is_refused(String name) throws IOException {
        byte[] whole = Pictures.file(name);
        for (int tenths = 0; tenths < 10; tenths++) {
            refuses(Arrays.copyOf(whole, whole.length * tenths / 10));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"moving.gif", "moving.png", "moving.webp"})
    void an_animated_image_is_refused(String name) throws IOException {
        assertThatThrownBy(() -> avatarProcessor.portrait(Pictures.file(name))).hasMessageContaining("moves");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><script>alert(1)</script>",
                "BM6",
                "GIF89a",
                "RIFF\0\0\0\0WEBP",
                "\u0089PNG\r\n\u001a\n",
                ""
            })
    void a_file_that_is_no_image_is_refused(String content) {
        refuses(content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void an_image_with_too_many_pixels_is_not_decoded() throws IOException {
        byte[] enormous = Pictures.file("still.png");
        ByteBuffer.wrap(enormous).putInt(16, 60_000).putInt(20, 60_000);
        CRC32 checksum = new CRC32();
        checksum.update(enormous, 12, 17);
        ByteBuffer.wrap(enormous).putInt(29, (int) checksum.getValue());
        assertThatThrownBy(() -> avatarProcessor.portrait(enormous)).hasMessageContaining("too many pixels");
        // The header claims a small image, and the data holds one of 16383 by 16383 pixels.
        refuses(Pictures.file("liar.webp"));
    }

    @Test
    void compressed_text_chunks_are_not_unpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1));
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED))) {
            for (int megabytes = 0; megabytes < 300; megabytes++) {
                deflater.write(new byte[1_000_000]);
            }
        }
        byte[] still = Pictures.file("still.png");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(still, 0, 33);
        file.writeBytes(chunk("zTXt", packed.toByteArray()));
        file.write(still, 33, still.length - 33);
        assertColour(portrait(file.toByteArray()), 96, 96, RED);
    }

    private static byte[] chunk(String name, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(data.length + 12).putInt(data.length);
        chunk.put(name.getBytes(StandardCharsets.ISO_8859_1)).put(data);
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array(), 4, data.length + 4);
        return chunk.putInt((int) checksum.getValue()).array();
    }

    private BufferedImage portrait(byte[] file) throws IOException {
        Avatar picture = avatarProcessor.portrait(file);
        return ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
    }

    private void refuses(byte[] file) {
        assertThatThrownBy(() -> avatarProcessor.portrait(file))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.INVALID));
    }

    private static void assertColour(BufferedImage image, int x, int y, int colour) {
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(image.getRGB(x, y) >> shift & 0xff)
                    .as("%06x at %d, %d", image.getRGB(x, y) & 0xffffff, x, y)
                    .isCloseTo(colour >> shift & 0xff, org.assertj.core.data.Offset.offset(12));
        }
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
