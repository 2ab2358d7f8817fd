package chat.klatsch.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Looks through a PNG: chunks of a length, a name, data and a checksum. Chunks of text and of colour profiles expand up to a
 * thousandfold, and others may claim any length, so only those that the pixels need are kept. Confined to one call.
 */
final class UploadedPng {
    private static final int HEADER = 0x49484452;
    private static final int PALETTE = 0x504c5445;
    private static final int TRANSPARENCY = 0x74524e53;
    private static final int DATA = 0x49444154;
    private static final int END = 0x49454e44;

    /** Set in the names of chunks that a program may skip. */
    private static final int ANCILLARY = 0x20000000;

    private static final int SIGNATURE_BYTES = 8;
    private static final int HEADER_BYTES = 13;
    private static final int PALETTE_BYTES = 3 * 256;

    private final byte[] file;
    private final ByteBuffer in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Set<Integer> names = new HashSet<>();

    UploadedPng(byte[] file) {
        this.file = file;
        this.in = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
    }

    UploadedImage image() {
        if (in.getInt() != HEADER_BYTES || in.getInt() != HEADER) {
            throw UploadedImage.damaged();
        }
        ImageSize size = new ImageSize(in.getInt(), in.getInt());
        boolean interlaced = in.get(in.position() + 4) != 0;
        if (interlaced) {
            size.refuseUnlessDecodableInPasses();
        }
        kept.write(file, 0, SIGNATURE_BYTES);
        in.position(SIGNATURE_BYTES);
        for (int name = 0; name != END; ) {
            int length = in.getInt();
            name = in.getInt();
            ByteBuffer content = in.slice(in.position(), length);
            in.position(in.position() + length).getInt();
            look(name, content);
        }
        if (data.size() == 0) {
            throw UploadedImage.damaged();
        }
        keep(DATA, data.toByteArray());
        keep(END, new byte[0]);
        return new UploadedImage("PNG", size, kept.toByteArray(), ExifOrientation.UPRIGHT);
    }

    private void look(int name, ByteBuffer content) {
        switch (name) {
            case HEADER -> keepOnce(name, content, HEADER_BYTES);
            case PALETTE, TRANSPARENCY -> keepOnce(name, content, PALETTE_BYTES);
            case DATA -> data.write(file, content.arrayOffset(), content.limit());
            default -> {
                if (name != END && (name & ANCILLARY) == 0) {
                    throw UploadedImage.unusual();
                }
            }
        }
    }

    private void keepOnce(int name, ByteBuffer content, int mostBytes) {
        if (!names.add(name) || content.limit() > mostBytes) {
            throw UploadedImage.damaged();
        }
        byte[] bytes = new byte[content.limit()];
        content.get(bytes);
        keep(name, bytes);
    }

    private void keep(int name, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(4 + content.length).putInt(name).put(content);
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array());
        kept.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        kept.writeBytes(chunk.array());
        kept.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
}
