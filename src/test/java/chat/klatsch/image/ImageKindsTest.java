package chat.klatsch.image;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.Images;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images as cameras and programs make them. */
class ImageKindsTest {
    private static final ImageIoAvatarProcessor PROCESSOR = new ImageIoAvatarProcessor();

    @AfterAll
    static void close() {
        PROCESSOR.close();
    }

    @ParameterizedTest
    @CsvSource({
        "jpeg, 5, false, 400, 300", // colour
        "jpeg, 5, true, 400, 300",
        "jpeg, 5, true, 2048, 2048",
        "jpeg, 5, false, 4032, 3024",
        "jpeg, 10, false, 300, 400", // grey
        "jpeg, 10, true, 300, 400",
        "png, 2, false, 1500, 900", // transparent
        "png, 2, true, 400, 300",
        "png, 5, false, 3000, 2000", // colour
        "png, 5, true, 640, 480",
        "png, 10, true, 400, 300", // grey
        "png, 11, false, 400, 300", // 16 bits
        "png, 12, false, 400, 300", // black and white
        "png, 13, false, 400, 300", // palette
        "png, 13, true, 400, 300",
        "gif, 13, false, 400, 300",
        "gif, 13, true, 400, 300",
    })
    void an_image_becomes_an_avatar(String format, int type, boolean progressive, int width, int height)
            throws IOException {
        BufferedImage avatar = avatar(DrawnImages.written(format, type, progressive, width, height));
        boolean transparent = type == BufferedImage.TYPE_INT_ARGB || type == BufferedImage.TYPE_BYTE_INDEXED;
        assertThat(avatar.getWidth()).isEqualTo(192);
        boolean coloured = transparent || type == BufferedImage.TYPE_3BYTE_BGR;
        Color middle = new Color(avatar.getRGB(96, 96));
        assertThat(middle.getGreen()).isGreaterThan(200);
        assertThat(middle.getBlue() < 60).isEqualTo(coloured);
        int corner = new Color(avatar.getRGB(1, 1)).getGreen();
        assertThat(corner).isCloseTo(transparent ? 255 : 0, org.assertj.core.data.Offset.offset(12));
    }

    @Test
    void segments_that_cameras_add_are_no_obstacle() throws IOException {
        byte[] photo = Images.file("turned6.jpg");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(photo, 0, 2);
        for (int application = 1; application < 14; application++) {
            file.writeBytes(new byte[] {(byte) 0xff, (byte) 0xff, (byte) (0xe0 + application), 0, 6, 'I', 'C', 'C', 0});
        }
        file.writeBytes(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 4, 'h', 'i'});
        file.write(photo, 2, photo.length - 2);
        // Phones append a depth map or a video.
        file.writeBytes(Images.file("progressive.jpg"));
        assertThat(PROCESSOR.process(file.toByteArray()).jpeg())
                .isEqualTo(PROCESSOR.process(photo).jpeg());
    }

    private static BufferedImage avatar(byte[] file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(PROCESSOR.process(file).jpeg()));
    }
}
