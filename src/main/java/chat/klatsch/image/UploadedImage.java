package chat.klatsch.image;

import chat.klatsch.core.ChatException;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** An uploaded file whose first bytes are those of an image. Its name and media type are ignored. */
record UploadedImage(Format format, byte[] content) {
    enum Format {
        PNG(40_000_000),
        JPEG(40_000_000),
        GIF(40_000_000),
        /** The WebP reader needs 28 bytes of memory per pixel; the other readers decode row by row. */
        WEBP(4_000_000);

        private final int maxPixels;

        Format(int maxPixels) {
            this.maxPixels = maxPixels;
        }
    }

    private static final int MAX_SIDE = 8_000;

    /** The warnings with which the JDK's readers fill the missing part of a truncated file with grey. */
    private static final Pattern TRUNCATED = Pattern.compile("(?i)premature|truncated|corrupt");

    /** @throws ChatException INVALID when the file does not begin like an image */
    static UploadedImage of(byte[] file) {
        if (file.length == 0) {
            throw ChatException.invalid("Please choose a picture first.");
        }
        String start = new String(file, 0, Math.min(file.length, 12), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return new UploadedImage(Format.PNG, file);
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return new UploadedImage(Format.JPEG, file);
        }
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return new UploadedImage(Format.GIF, file);
        }
        if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
            return new UploadedImage(Format.WEBP, file);
        }
        throw ChatException.invalid("Please choose a PNG, JPEG, GIF or WebP picture.");
    }

    /**
     * Opens a reader that fails on a truncated image. Nothing is decoded yet; the caller disposes of the reader.
     *
     * @throws IOException for an image that is damaged or incomplete
     * @throws ChatException INVALID for an image with too many pixels
     */
    ImageReader reader() throws IOException {
        ImageReader reader = format == Format.WEBP
                ? new WebPImageReaderSpi().createReaderInstance(null)
                : ImageIO.getImageReadersByFormatName(format.name()).next();
        // Metadata is ignored, as a few compressed bytes of it can expand to gigabytes.
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(content)), false, true);
        reader.addIIOReadWarningListener((source, warning) -> {
            if (TRUNCATED.matcher(warning).find()) {
                throw new IllegalArgumentException(warning);
            }
        });
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (Math.max(width, height) > MAX_SIDE || (long) width * height > format.maxPixels) {
            throw ChatException.invalid("This picture has too many pixels. Please make it smaller.");
        }
        boolean complete = switch (format) {
            case PNG -> ImageChunks.isCompletePng(content);
            case WEBP -> ImageChunks.isWebpOf(width, height, content);
            case JPEG, GIF -> true;
        };
        if (!complete) {
            throw new IOException("a chunk is missing or contradicts the header");
        }
        return reader;
    }

    ExifOrientation orientation() {
        return format == Format.JPEG ? ExifOrientation.ofJpeg(content) : ExifOrientation.UPRIGHT;
    }
}
