package chat.klatsch.image;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException;
import chat.klatsch.fixture.HostileImages;
import chat.klatsch.fixture.HostileJpegs;
import chat.klatsch.fixture.Images;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UploadedImageTest {
    private static final int MUTATIONS = 3_000;
    private static final int DECODED = 150;

    /** More than a PNG's checksums and the end of a GIF take. */
    private static final int ADDED_BYTES = 64;

    private static final ImageIoAvatarProcessor PROCESSOR = new ImageIoAvatarProcessor();

    private final Random random = new Random(16);

    @AfterAll
    static void close() {
        PROCESSOR.close();
    }

    static List<byte[]> images() throws IOException {
        List<byte[]> images = new ArrayList<>();
        for (String name : List.of(
                "still.png",
                "moving.png",
                "still.gif",
                "moving.gif",
                "progressive.jpg",
                "turned6.jpg",
                "turned8.jpg")) {
            images.add(Images.file(name));
        }
        images.add(HostileImages.png(8, 8, 8, 3, 8, true));
        images.add(HostileJpegs.progressive(64, 64, 5));
        images.add(HostileJpegs.baseline(64, 64));
        images.add(HostileImages.gif(64, 64));
        return images;
    }

    @ParameterizedTest
    @MethodSource("images")
    void a_beginning_of_an_image_is_refused_or_has_the_whole_first_frame(byte[] image) {
        for (int length = 0; length < image.length; length++) {
            look(Arrays.copyOf(image, length));
        }
        assertThat(look(image)).isTrue();
    }

    @Test
    void of_a_jpeg_nothing_is_kept_that_the_pixels_do_not_need() {
        byte[] file = HostileJpegs.baseline(64, 64);
        byte[] jfif = segment(0xe0, "JFIF\0", 2, 1, 0, 0, 1, 0, 1, 1, 1, 'h', 'i', 'd', 'd', 'e', 'n');
        byte[] adobe = segment(0xee, "Adobe", 0, 100, 0, 0, 0, 0, 1, 'h', 'i', 'd', 'd', 'e', 'n');
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        told.write(file, 0, 2);
        for (byte[] added :
                List.of(segment(0xe0, "JFXX\0hidden"), jfif, jfif, adobe, adobe, segment(0xee, "hidden and longer"))) {
            told.writeBytes(added);
        }
        told.write(file, 2, file.length - 2);
        byte[] plain = UploadedImage.of(file).content();
        byte[] kept = UploadedImage.of(told.toByteArray()).content();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("hidden");
        assertThat(kept.length - plain.length).isEqualTo(2 * 4 + 14 + 12);
        assertThat(PROCESSOR.process(told.toByteArray()).jpeg()).isNotEmpty();
    }

    private static byte[] segment(int marker, String name, int... bytes) {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes(new byte[] {(byte) 0xff, (byte) marker, 0, (byte) (2 + name.length() + bytes.length)});
        segment.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
        for (int value : bytes) {
            segment.write(value);
        }
        return segment.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("images")
    void a_changed_image_is_refused_or_kept_in_part(byte[] image) {
        for (int i = 0; i < MUTATIONS; i++) {
            look(changed(image));
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void a_changed_image_becomes_an_avatar_or_is_refused(byte[] image) {
        for (int i = 0; i < DECODED; i++) {
            try {
                assertThat(PROCESSOR.process(changed(image)).jpeg()).isNotEmpty();
            } catch (ChatException refusal) {
                assertThat(refusal.kind()).isEqualTo(ChatException.Kind.INVALID);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void any_bytes_after_a_signature_are_looked_through(byte[] image) {
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] file = new byte[random.nextInt(600)];
            random.nextBytes(file);
            System.arraycopy(image, 0, file, 0, Math.min(file.length, 6 + random.nextInt(30)));
            look(file);
        }
    }

    @Test
    void any_bytes_are_looked_through() {
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] file = new byte[random.nextInt(100)];
            random.nextBytes(file);
            look(file);
        }
    }

    /** Returns the image with a few bytes changed, or a part of it left out, twice there or overwritten by another. */
    private byte[] changed(byte[] image) {
        byte[] changed = image.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            changed[random.nextInt(changed.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : -random.nextInt(2));
        }
        int from = random.nextInt(image.length);
        int to = random.nextInt(image.length);
        int length = Math.min(random.nextInt(40), image.length - Math.max(from, to));
        if (random.nextInt(3) == 0) {
            System.arraycopy(changed, from, changed, to, length);
        } else if (random.nextInt(3) == 0) {
            byte[] longer = Arrays.copyOf(changed, changed.length + length);
            System.arraycopy(changed, from, longer, from + length, changed.length - from);
            return longer;
        }
        return changed;
    }

    /** Returns whether an image is taken. */
    static boolean look(byte[] file) {
        try {
            UploadedImage image = UploadedImage.of(file);
            assertThat(image.content()).hasSizeLessThanOrEqualTo(file.length + ADDED_BYTES);
            return true;
        } catch (ChatException refusal) {
            assertThat(refusal.kind()).isEqualTo(ChatException.Kind.INVALID);
            return false;
        }
    }
}
