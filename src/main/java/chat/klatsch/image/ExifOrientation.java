package chat.klatsch.image;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** How a camera was held, from 1, upright, to 8, as EXIF has it. */
record ExifOrientation(int value) {
    static final ExifOrientation UPRIGHT = new ExifOrientation(1);

    private static final int START_OF_SCAN = 0xda;
    private static final int APPLICATION_1 = 0xe1;
    private static final int TAG = 0x0112;
    private static final int ENTRY_BYTES = 12;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    /** What a JPEG says. One that says it in a way that cannot be understood is taken for upright, as browsers do. */
    static ExifOrientation ofJpeg(byte[] file) {
        try {
            return ofSegments(ByteBuffer.wrap(file).position(2));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return UPRIGHT;
        }
    }

    /** Segments are a marker, their length and their data; what EXIF says is in one before the picture itself. */
    private static ExifOrientation ofSegments(ByteBuffer file) {
        int at = file.position();
        while (Byte.toUnsignedInt(file.get(at)) == 0xff && Byte.toUnsignedInt(file.get(at + 1)) != START_OF_SCAN) {
            int length = Short.toUnsignedInt(file.getShort(at + 2));
            int data = at + 4;
            boolean application = Byte.toUnsignedInt(file.get(at + 1)) == APPLICATION_1;
            if (application && file.slice(data, EXIF.length).equals(ByteBuffer.wrap(EXIF))) {
                return ofTiff(file.slice(data + EXIF.length, length - 2 - EXIF.length));
            }
            at += 2 + length;
        }
        return UPRIGHT;
    }

    /** A TIFF begins with its order of bytes and the offset of a directory: a count, and so many entries. */
    private static ExifOrientation ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG) {
                return new ExifOrientation(tiff.getShort(entry + 8));
            }
        }
        return UPRIGHT;
    }

    /** What turns a square picture with sides of this length upright. */
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
