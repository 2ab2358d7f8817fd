package chat.klatsch.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Looks through a GIF up to the end of its first frame: a header with the colours of the whole file, then extensions and
 * frames, both in blocks of at most 255 bytes. Confined to one call.
 */
final class UploadedGif {
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int FRAME = 0x2c;
    private static final int TRAILER = 0x3b;

    private static final int SIGNATURE_BYTES = 6;
    private static final int SCREEN_BYTES = 7;
    private static final int HAS_COLOURS = 0x80;
    private static final int INTERLACED = 0x40;
    private static final int COLOURS = 0x07;
    private static final int MAX_COLOUR_BITS = 8;

    private final byte[] file;
    private final ByteBuffer in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    UploadedGif(byte[] file) {
        this.file = file;
        this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(SIGNATURE_BYTES);
    }

    UploadedImage image() {
        ImageSize.requireDecodable(size(), size());
        in.position(SIGNATURE_BYTES + SCREEN_BYTES);
        skipColours(in.get(SIGNATURE_BYTES + 4));
        keepFrom(0);
        while (true) {
            int start = in.position();
            switch (Byte.toUnsignedInt(in.get())) {
                case EXTENSION -> {
                    // Says which colour is transparent.
                    boolean kept = Byte.toUnsignedInt(in.get()) == GRAPHIC_CONTROL;
                    skipBlocks();
                    if (kept) {
                        keepFrom(start);
                    }
                }
                case FRAME -> {
                    ImageSize size = frame();
                    keepFrom(start);
                    kept.write(TRAILER);
                    return new UploadedImage("GIF", size, kept.toByteArray(), ExifOrientation.UPRIGHT);
                }
                default -> throw UploadedImage.damaged();
            }
        }
    }

    /** A frame is its place and size, its own colours, the number of bits of a pixel, and compressed pixels. */
    private ImageSize frame() {
        int start = in.position();
        in.position(start + 4);
        ImageSize size = new ImageSize(size(), size());
        byte flags = in.get();
        if ((flags & INTERLACED) != 0) {
            size.refuseUnlessDecodableInPasses();
        }
        skipColours(flags);
        int bits = in.get();
        if (bits < 1 || bits > MAX_COLOUR_BITS) {
            throw UploadedImage.damaged();
        }
        skipBlocks();
        return size;
    }

    private int size() {
        return Short.toUnsignedInt(in.getShort());
    }

    private void skipColours(byte flags) {
        if ((flags & HAS_COLOURS) != 0) {
            in.position(in.position() + 3 * (2 << (flags & COLOURS)));
        }
    }

    private void skipBlocks() {
        for (int length = -1; length != 0; ) {
            length = Byte.toUnsignedInt(in.get());
            in.position(in.position() + length);
        }
    }

    private void keepFrom(int start) {
        kept.write(file, start, in.position() - start);
    }
}
