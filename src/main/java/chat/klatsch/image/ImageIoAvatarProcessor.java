package chat.klatsch.image;

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
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes avatars with ImageIO. To bound memory and time, each file is looked through before anything of it is decoded, only
 * the central square of the first frame is decoded, large images are subsampled, and one image is processed at a time, for
 * a second at most. The avatar is a JPEG, a fifth of the size of the same image as PNG, and transparent pixels become white.
 * Thread-safe.
 */
public final class ImageIoAvatarProcessor implements AvatarProcessor, AutoCloseable {
    private static final int SIDE = 192;

    /** The square is decoded at no less than this multiple of {@link #SIDE}, and then scaled down smoothly. */
    private static final int OVERSAMPLING = 4;

    private static final float QUALITY = .85f;
    private static final Duration DECODER_TIME = Duration.ofSeconds(1);

    /** The warnings with which the JDK's readers fill the missing part of a truncated file with grey. */
    private static final Pattern TRUNCATED = Pattern.compile("(?i)premature|truncated|corrupt");

    private final ImageThread thread = new ImageThread();

    @Override
    public Avatar process(byte[] file) {
        return thread.run(() -> {
            UploadedImage image = UploadedImage.of(file);
            try {
                return Avatar.of(jpeg(upright(image.orientation(), centralSquare(image))));
            } catch (IOException | RuntimeException e) {
                // Decoders throw exceptions of any type for damaged files, and put ours into others.
                throw DecoderInput.isTimeUp(e) ? UploadedImage.tooSlow(e) : UploadedImage.damaged(e);
            }
        });
    }

    @Override
    public void close() {
        thread.close();
    }

    private static BufferedImage centralSquare(UploadedImage image) throws IOException {
        int width = image.size().width();
        int height = image.size().height();
        int side = Math.min(width, height);
        int step = Math.max(1, side / (OVERSAMPLING * SIDE));
        ImageReader reader = ImageIO.getImageReadersByFormatName(image.format()).next();
        try (DecoderInput input = new DecoderInput(image.content(), DECODER_TIME)) {
            reader.setInput(input, false, true);
            reader.addIIOReadWarningListener((source, warning) -> {
                if (TRUNCATED.matcher(warning).find()) {
                    throw new IllegalArgumentException(warning);
                }
            });
            ImageReadParam square = reader.getDefaultReadParam();
            square.setSourceRegion(new Rectangle((width - side) / 2, (height - side) / 2, side, side));
            square.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, square);
        } finally {
            reader.dispose();
        }
    }

    /** Halves the image repeatedly, as a single large step would skip pixels, and turns it at the last step. */
    private static BufferedImage upright(ExifOrientation orientation, BufferedImage image) {
        BufferedImage scaled = image;
        while (scaled.getWidth() > 2 * SIDE) {
            int side = Math.max(SIDE, scaled.getWidth() / 2);
            scaled = draw(scaled, side, new AffineTransform());
        }
        return draw(scaled, SIDE, orientation.upright(SIDE));
    }

    private static BufferedImage draw(BufferedImage image, int side, AffineTransform transform) {
        BufferedImage square = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = square.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, side, side);
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.transform(transform);
            graphics.drawImage(image, 0, 0, side, side, null);
            return square;
        } finally {
            graphics.dispose();
        }
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
