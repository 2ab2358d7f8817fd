package chat.klatsch.image;

import chat.klatsch.core.ChatException;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.Dimension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** An uploaded file whose first bytes are those of an image. Its name and media type are ignored. */
record UploadedImage(Format format, byte[] content) {
    enum Format {
        PNG("\u0089PNG\r\n\u001a\n.*", 40_000_000),
        JPEG("\u00ff\u00d8\u00ff.*", 40_000_000),
        GIF("GIF8[79]a.*", 40_000_000),
        /** The WebP reader needs 28 bytes of memory per pixel; the other readers decode row by row. */
        WEBP("RIFF.{4}WEBP", 4_000_000);

        private final Pattern start;
        private final int maxPixels;

        Format(String start, int maxPixels) {
            this.start = Pattern.compile(start, Pattern.DOTALL);
            this.maxPixels = maxPixels;
        }
    }

    private static final int MAX_SIDE = 8_000;

    /** The last chunk of a PNG: length, name and checksum. */
    private static final String PNG_END = "\0\0\0\0IEND\u00aeB`\u0082";

    /** The warnings with which the JDK's readers fill the missing part of a truncated file with grey. */
    private static final Pattern TRUNCATED = Pattern.compile("(?i)premature|truncated|corrupt");

    /** @throws ChatException INVALID when the file does not begin like an image */
    static UploadedImage of(byte[] file) {
        if (file.length == 0) {
            throw ChatException.invalid("Please choose an image first.");
        }
        String start = new String(file, 0, Math.min(file.length, 12), StandardCharsets.ISO_8859_1);
        return Stream.of(Format.values())
                .filter(format -> format.start.matcher(start).matches())
                .findFirst()
                .map(format -> new UploadedImage(format, file))
                .orElseThrow(() -> ChatException.invalid("Please choose a PNG, JPEG, GIF or WebP image."));
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
            throw ChatException.invalid("This image has too many pixels. Please choose a smaller one.");
        }
        boolean complete = switch (format) {
            case PNG -> new String(content, StandardCharsets.ISO_8859_1).contains(PNG_END);
            case WEBP -> WebpSizes.of(content).equals(Set.of(new Dimension(width, height)));
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
