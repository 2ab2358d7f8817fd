package chat.klatsch.image;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ConcurrencyLimiter;
import chat.klatsch.profile.Avatar;
import chat.klatsch.profile.AvatarProcessor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Portraits by ImageIO. The size is read from the header before anything is decoded, only the square in the middle is,
 * and of a large one only every so manieth row; one at a time, so that no crowd of pictures takes all memory. What is
 * kept is a JPEG, of a fifth of the size of a PNG of the same picture: a page shows many. What was transparent is white.
 * Thread-safe.
 */
public final class ImageIoAvatarProcessor implements AvatarProcessor {
    private static final int SIDE = 192;

    /** Decoded in at least so many times the size that is kept, which is averaged from it. */
    private static final int SURPLUS = 4;

    private static final float QUALITY = .85f;

    private final ConcurrencyLimiter turns = new ConcurrencyLimiter(
            1,
            Duration.ofSeconds(10),
            "Many people are sending pictures just now. Please try again.",
            Duration.ofSeconds(5));

    @Override
    public Avatar portrait(byte[] file) {
        UploadedImage image = UploadedImage.of(file);
        return turns.take(() -> {
            try {
                return Avatar.of(jpeg(upright(image.orientation(), middle(image))));
            } catch (IOException | RuntimeException e) {
                throw refusal(e);
            }
        });
    }

    /** Whatever a decoder makes of a damaged file, an exception of any kind, is the file's fault. */
    private static ChatException refusal(Exception e) {
        if (e instanceof ChatException refusal) {
            return refusal;
        }
        ChatException damaged = UploadedImage.invalid("This picture is damaged, or of a kind that we cannot read.");
        damaged.initCause(e);
        return damaged;
    }

    private static BufferedImage middle(UploadedImage image) throws IOException {
        ImageReader reader = image.reader();
        try {
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            int side = Math.min(width, height);
            int step = Math.max(1, side / (SURPLUS * SIDE));
            ImageReadParam part = reader.getDefaultReadParam();
            part.setSourceRegion(new Rectangle((width - side) / 2, (height - side) / 2, side, side));
            part.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, part);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage upright(ExifOrientation orientation, BufferedImage image) {
        BufferedImage smaller = image;
        while (smaller.getWidth() > 2 * SIDE) {
            int side = Math.max(SIDE, smaller.getWidth() / 2);
            smaller = drawn(smaller, side, new AffineTransform());
        }
        return drawn(smaller, SIDE, orientation.upright(SIDE));
    }

    private static BufferedImage drawn(BufferedImage image, int side, AffineTransform transform) {
        BufferedImage drawn = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawn.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, side, side);
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.transform(transform);
            graphics.drawImage(image, 0, 0, side, side, null);
            return drawn;
        } finally {
            graphics.dispose();
        }
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
