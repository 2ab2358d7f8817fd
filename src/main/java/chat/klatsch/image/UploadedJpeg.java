package chat.klatsch.image;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Looks through a JPEG: markers, most with a segment of data. libjpeg keeps the coefficients of a whole picture with
 * several scans in memory, and goes through all of them for each scan, even one of 40 bytes. Confined to one call.
 */
final class UploadedJpeg {
    /** Programs write up to about 20 scans. */
    private static final int MAX_SCANS = 24;

    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int BASELINE = 0xc0;
    private static final int EXTENDED = 0xc1;
    private static final int PROGRESSIVE = 0xc2;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int QUANTIZATION_TABLES = 0xdb;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int COMMENT = 0xfe;
    private static final int APPLICATION_0 = 0xe0;
    private static final int APPLICATION_1 = 0xe1;
    private static final int APPLICATION_14 = 0xee;
    private static final int SAMPLE_BITS = 8;

    /** The segments that tell the colour space of the samples, with the number of their bytes that the decoder needs. */
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};

    private static final int JFIF_BYTES = 14;
    private static final int JFIF_THUMBNAIL = 12;
    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
    private static final int ADOBE_BYTES = 12;

    private final byte[] file;
    private final ByteBuffer in;
    private final ByteBuffer kept;
    private Optional<ImageSize> size = Optional.empty();
    private Optional<ExifOrientation> orientation = Optional.empty();
    private boolean hasJfif;
    private boolean hasAdobe;
    private boolean inPasses;
    private int scans;

    UploadedJpeg(byte[] file) {
        this.file = file;
        this.in = ByteBuffer.wrap(file).position(2);
        this.kept = ByteBuffer.allocate(file.length);
    }

    UploadedImage image() {
        keepMarker(START_OF_IMAGE);
        for (int marker = nextMarker(); marker != END_OF_IMAGE; marker = nextMarker()) {
            look(marker, nextSegment());
        }
        keepMarker(END_OF_IMAGE);
        if (scans == 0) {
            throw UploadedImage.damaged();
        }
        ImageSize known = size.orElseThrow(UploadedImage::damaged);
        if (inPasses) {
            known.refuseUnlessDecodableInPasses();
        }
        byte[] content = new byte[kept.position()];
        kept.get(0, content);
        return new UploadedImage("JPEG", known, content, orientation.orElse(ExifOrientation.UPRIGHT));
    }

    private void look(int marker, ByteBuffer segment) {
        switch (marker) {
            case BASELINE, EXTENDED, PROGRESSIVE -> {
                if (size.isPresent()) {
                    throw UploadedImage.damaged();
                }
                inPasses = marker == PROGRESSIVE;
                size = Optional.of(frame(segment));
                keep(marker, segment);
            }
            case HUFFMAN_TABLES, QUANTIZATION_TABLES, RESTART_INTERVAL -> keep(marker, segment);
            case APPLICATION_0 -> keepJfif(segment);
            case APPLICATION_14 -> keepAdobe(segment);
            case APPLICATION_1 -> orientation = orientation.or(() -> ExifOrientation.ofSegment(segment));
            case START_OF_SCAN -> {
                scans++;
                inPasses |= scans > 1;
                if (scans > MAX_SCANS) {
                    throw UploadedImage.unusual();
                }
                keep(marker, segment);
                keepScan();
            }
            default -> {
                if (marker != COMMENT && (marker & 0xf0) != APPLICATION_0) {
                    throw UploadedImage.unusual();
                }
            }
        }
    }

    /** Keeps the first JFIF segment without its thumbnail, whose sides are its last two bytes. */
    private void keepJfif(ByteBuffer segment) {
        if (!hasJfif && begins(segment, JFIF, JFIF_BYTES)) {
            hasJfif = true;
            ByteBuffer fixed = ByteBuffer.allocate(JFIF_BYTES);
            fixed.put(segment.slice(0, JFIF_THUMBNAIL)).rewind();
            keep(APPLICATION_0, fixed);
        }
    }

    private void keepAdobe(ByteBuffer segment) {
        if (!hasAdobe && begins(segment, ADOBE, ADOBE_BYTES)) {
            hasAdobe = true;
            keep(APPLICATION_14, segment.slice(0, ADOBE_BYTES));
        }
    }

    private static boolean begins(ByteBuffer segment, byte[] name, int bytes) {
        return segment.remaining() >= bytes && segment.slice(0, name.length).equals(ByteBuffer.wrap(name));
    }

    /** A marker is 0xff, once or repeated, and a byte that says which. */
    private int nextMarker() {
        if (in.get() != (byte) 0xff) {
            throw UploadedImage.damaged();
        }
        int marker = 0xff;
        while (marker == 0xff) {
            marker = Byte.toUnsignedInt(in.get());
        }
        return marker;
    }

    /** A segment's length includes the two bytes of the length. */
    private ByteBuffer nextSegment() {
        int length = Short.toUnsignedInt(in.getShort()) - 2;
        ByteBuffer segment = in.slice(in.position(), length);
        in.position(in.position() + length);
        return segment;
    }

    private static ImageSize frame(ByteBuffer segment) {
        int components = segment.get(5);
        if (segment.get(0) != SAMPLE_BITS || components != 1 && components != 3) {
            throw UploadedImage.unusual();
        }
        return new ImageSize(Short.toUnsignedInt(segment.getShort(3)), Short.toUnsignedInt(segment.getShort(1)));
    }

    /** A scan's data ends at the next marker. In it, 0xff is followed by zero, and restart markers are part of it. */
    private void keepScan() {
        int start = in.position();
        int end = start;
        while (file[end] != (byte) 0xff || isData(file[end + 1])) {
            end++;
        }
        kept.put(file, start, end - start);
        in.position(end);
    }

    private static boolean isData(byte afterMark) {
        return afterMark == 0 || afterMark == (byte) 0xff || (afterMark & 0xf8) == 0xd0;
    }

    private void keep(int marker, ByteBuffer segment) {
        keepMarker(marker);
        kept.putShort((short) (segment.remaining() + 2)).put(segment);
    }

    private void keepMarker(int marker) {
        kept.put((byte) 0xff).put((byte) marker);
    }
}
