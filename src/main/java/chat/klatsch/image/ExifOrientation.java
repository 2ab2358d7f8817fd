package chat.klatsch.image;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The EXIF orientation of a photo: 1 is upright, 2 to 8 are rotated or mirrored. Read in place rather than with
 * imageio-metadata, whose {@code TIFFReader} keeps every value of a directory: a 64 KiB segment made it use 1 GiB of heap.
 */
record ExifOrientation(int value) {
    static final ExifOrientation UPRIGHT = new ExifOrientation(1);

    private static final int EXIF = 0x45786966;
    private static final int NAME_BYTES = 6;
    private static final int ENTRY_BYTES = 12;
    private static final short ORIENTATION_TAG = 0x0112;

    /**
     * Reads the orientation from the content of a JPEG's segment; empty for a segment of another kind. One that is missing
     * or malformed counts as upright, as it does in browsers.
     */
    static Optional<ExifOrientation> ofSegment(ByteBuffer segment) {
        if (segment.remaining() < NAME_BYTES || segment.getInt(0) != EXIF || segment.getShort(4) != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(ofTiff(segment.position(NAME_BYTES).slice()));
        } catch (IndexOutOfBoundsException malformed) {
            return Optional.of(UPRIGHT);
        }
    }

    /** A TIFF file starts with its byte order and the offset of a directory, which is a count followed by entries. */
    private static ExifOrientation ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if (tiff.getShort(entry) == ORIENTATION_TAG) {
                return new ExifOrientation(tiff.getShort(entry + 8));
            }
        }
        return UPRIGHT;
    }

    /** Returns the transform that turns a square image with sides of this length upright. */
    AffineTransform upright(int side) {
        return switch (value) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, side, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, side, side);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, side);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, side, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, side, side);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, side);
            default -> new AffineTransform();
        };
    }
}
