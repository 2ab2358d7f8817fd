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

/** A file that says it is a picture, by its first bytes; nothing else about it, least of all its name, is believed. */
record UploadedImage(Format format, byte[] content) {
    enum Format {
        PNG(40_000_000),
        JPEG(40_000_000),
        GIF(40_000_000),
        /** Its reader takes 28 bytes of memory for each pixel; those of the others decode row by row. */
        WEBP(4_000_000);

        private final int mostPixels;

        Format(int mostPixels) {
            this.mostPixels = mostPixels;
        }
    }

    private static final int LONGEST_SIDE = 8_000;

    /** What the JDK's reader calls an end that came too early, of which it makes grey where the picture should be. */
    private static final Pattern TRUNCATED = Pattern.compile("(?i)premature|truncated|corrupt");

    /** @throws ChatException INVALID when the file does not begin as a picture does */
    static UploadedImage of(byte[] file) {
        if (file.length == 0) {
            throw invalid("Please choose a picture first.");
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
        throw invalid("This is no picture that we know: it has to be a PNG, JPEG, GIF or WebP.");
    }

    static ChatException invalid(String reason) {
        return new ChatException(ChatException.Kind.INVALID, reason);
    }

    /**
     * A reader for it, to be disposed of, that takes no half of a picture for a whole.
     *
     * @throws IOException for what cannot be read
     * @throws ChatException INVALID for what is too large or moves; nothing is decoded before that is known
     */
    ImageReader reader() throws IOException {
        ImageReader reader = format == Format.WEBP
                ? new WebPImageReaderSpi().createReaderInstance(null)
                : ImageIO.getImageReadersByFormatName(format.name()).next();
        // Without metadata, of which a few bytes can be packed gigabytes.
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(content)), false, true);
        reader.addIIOReadWarningListener((source, warning) -> {
            if (TRUNCATED.matcher(warning).find()) {
                throw new IllegalArgumentException(warning);
            }
        });
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (Math.max(width, height) > LONGEST_SIDE || (long) width * height > format.mostPixels) {
            throw invalid("This picture has too many pixels. Please make it smaller.");
        }
        if (moves(reader)) {
            throw invalid("This picture moves. Please choose one that stands still.");
        }
        boolean whole = switch (format) {
            case PNG -> ImageChunks.ofPng(content).have("IEND");
            case WEBP -> ImageChunks.ofWebp(content).areWebpOf(width, height);
            case JPEG, GIF -> true;
        };
        if (!whole) {
            throw new IOException("a part is missing or lies");
        }
        return reader;
    }

    ExifOrientation orientation() {
        return format == Format.JPEG ? ExifOrientation.ofJpeg(content) : ExifOrientation.UPRIGHT;
    }

    private boolean moves(ImageReader reader) throws IOException {
        return switch (format) {
            case PNG -> ImageChunks.ofPng(content).have("acTL");
            case GIF -> reader.getNumImages(true) > 1;
            case WEBP -> ImageChunks.ofWebp(content).have("ANMF");
            case JPEG -> false;
        };
    }
}
