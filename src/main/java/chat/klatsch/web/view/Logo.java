package chat.klatsch.web.view;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The picture that stands for the chat, in place of its own.
 *
 * @param suffix the ending of its file name, with the dot: {@code .svg} or {@code .png}
 * @param sizes its width and height as a web app manifest has them: {@code 64x64}, or {@code any}
 */
public record Logo(byte[] content, String suffix, String sizes) {
    public static final int MAX_BYTES = 256 * 1024;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** The place of the width in the file. The height follows. */
    private static final int PNG_WIDTH = 16;

    private static final int PNG_HEAD = 24;

    /** @throws IllegalArgumentException for anything but an SVG or a PNG file of at most {@link #MAX_BYTES} */
    public static Logo of(byte[] content) {
        if (content.length > MAX_BYTES) {
            throw new IllegalArgumentException("a logo may have 256 KiB at most");
        }
        if (content.length >= PNG_HEAD && Arrays.equals(PNG, Arrays.copyOf(content, PNG.length))) {
            ByteBuffer size = ByteBuffer.wrap(content, PNG_WIDTH, PNG_HEAD - PNG_WIDTH);
            return new Logo(content.clone(), ".png", size.getInt() + "x" + size.getInt());
        }
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.replaceFirst("^\uFEFF", "").strip().startsWith("<") && text.contains("<svg")) {
            return new Logo(content.clone(), ".svg", "any");
        }
        throw new IllegalArgumentException("a logo must be an SVG or PNG file");
    }

    /** Returns its media type. */
    public String type() {
        return isPng() ? "image/png" : "image/svg+xml";
    }

    boolean isPng() {
        return suffix.equals(".png");
    }
}
