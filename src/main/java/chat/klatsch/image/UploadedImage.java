package chat.klatsch.image;

import chat.klatsch.core.ChatException;
import java.nio.BufferUnderflowException;
import java.util.Arrays;

/**
 * An image that has been looked through without being decoded. Its content has only those parts of the uploaded file that
 * the pixels of the first frame need: decoders never see metadata, colour profiles, text, further frames or trailing bytes.
 *
 * @param format the name of the format in ImageIO
 */
record UploadedImage(String format, ImageSize size, byte[] content, ExifOrientation orientation) {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] GIF_87 = {'G', 'I', 'F', '8', '7', 'a'};
    private static final byte[] GIF_89 = {'G', 'I', 'F', '8', '9', 'a'};

    /**
     * Looks through a file in time linear in its length. Its name and media type are ignored.
     *
     * @throws ChatException INVALID for a file that is not a complete PNG, JPEG or GIF, or takes too much to decode
     */
    static UploadedImage of(byte[] file) {
        if (file.length == 0) {
            throw ChatException.invalid("refusal.image.none");
        }
        try {
            if (begins(file, JPEG)) {
                return new UploadedJpeg(file).image();
            } else if (begins(file, PNG)) {
                return new UploadedPng(file).image();
            } else if (begins(file, GIF_87) || begins(file, GIF_89)) {
                return new UploadedGif(file).image();
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException endsTooEarly) {
            throw damaged(endsTooEarly);
        }
        throw ChatException.invalid("refusal.image.kind");
    }

    private static boolean begins(byte[] file, byte[] start) {
        return file.length >= start.length && Arrays.equals(file, 0, start.length, start, 0, start.length);
    }

    /** A refusal of a file that breaks the rules of its format. The cause is for the log. */
    static ChatException damaged(Throwable cause) {
        ChatException damaged = damaged();
        damaged.initCause(cause);
        return damaged;
    }

    static ChatException damaged() {
        return ChatException.invalid("refusal.image.damaged");
    }

    /** A refusal of a file that takes too much time to decode. The cause is for the log. */
    static ChatException tooSlow(Throwable cause) {
        ChatException tooSlow = ChatException.invalid("refusal.image.slow");
        tooSlow.initCause(cause);
        return tooSlow;
    }

    /** A refusal of a file that keeps the rules of its format as no camera and no drawing program does. */
    static ChatException unusual() {
        return ChatException.invalid("refusal.image.unusual");
    }
}
