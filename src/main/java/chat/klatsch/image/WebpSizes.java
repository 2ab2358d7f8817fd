package chat.klatsch.image;

import java.awt.Dimension;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/** Reads the sizes in the headers of a WebP's images, which determine the memory that the decoder allocates. */
final class WebpSizes {
    private static final int VP8 = 0x20385056;
    private static final int VP8L = 0x4c385056;
    private static final int ANIMATION_FRAME = 0x464d4e41;
    private static final int SIDE = 0x3fff;

    private WebpSizes() {}

    /** Returns the sizes of all images but those in later frames of an animation, which are not decoded. */
    static Set<Dimension> of(byte[] file) {
        Set<Dimension> sizes = new HashSet<>();
        collect(ByteBuffer.wrap(file).position(12), true, sizes);
        return sizes;
    }

    /** Each chunk is a name, a length and data, padded to an even length. A truncated chunk ends the file. */
    private static void collect(ByteBuffer chunks, boolean hasFrames, Set<Dimension> sizes) {
        chunks.order(ByteOrder.LITTLE_ENDIAN);
        boolean isFirstFrame = hasFrames;
        while (chunks.remaining() >= 8) {
            int name = chunks.getInt();
            int length = chunks.getInt();
            if (length < 0 || length > chunks.remaining()) {
                return;
            }
            ByteBuffer data = chunks.slice(chunks.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            if (name == VP8) {
                sizes.add(new Dimension(data.getShort(6) & SIDE, data.getShort(8) & SIDE));
            } else if (name == VP8L) {
                sizes.add(new Dimension((data.getInt(1) & SIDE) + 1, (data.getInt(1) >>> 14 & SIDE) + 1));
            } else if (name == ANIMATION_FRAME && isFirstFrame) {
                isFirstFrame = false;
                collect(data.position(16), false, sizes);
            }
            chunks.position(Math.min(chunks.limit(), chunks.position() + length + length % 2));
        }
    }
}
