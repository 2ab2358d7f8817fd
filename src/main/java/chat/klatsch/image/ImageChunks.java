package chat.klatsch.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks the chunks of a PNG or WebP file before it is decoded. */
final class ImageChunks {
    private record Chunk(String name, ByteBuffer data) {}

    private static final int SIDE = 0x3fff;
    private static final int WEBP_HEADER_BYTES = 12;
    private static final int FRAME_HEADER_BYTES = 16;

    private ImageChunks() {}

    /** Returns whether a PNG has its last chunk. Each chunk is a length, a name, data and a checksum. */
    static boolean isCompletePng(byte[] file) {
        ByteBuffer rest = ByteBuffer.wrap(file).position(8);
        while (rest.remaining() >= 12) {
            int length = rest.getInt();
            if (name(rest).equals("IEND")) {
                return true;
            }
            if (length < 0 || length > rest.remaining() - 4) {
                return false;
            }
            rest.position(rest.position() + length + 4);
        }
        return false;
    }

    /**
     * Returns whether a WebP has a picture and all that may be decoded have this size: the decoder allocates what a
     * picture's own header says. Of an animation only the first frame is decoded.
     */
    static boolean isWebpOf(int width, int height, byte[] file) {
        List<Chunk> chunks = webpChunks(ByteBuffer.wrap(file).position(WEBP_HEADER_BYTES));
        Stream<Chunk> firstFrame = chunks.stream()
                .filter(chunk -> chunk.name().equals("ANMF"))
                .limit(1)
                .flatMap(frame -> webpChunks(frame.data().position(FRAME_HEADER_BYTES)).stream());
        List<Chunk> pictures = Stream.concat(chunks.stream(), firstFrame)
                .filter(chunk -> chunk.name().matches("VP8[ L]"))
                .toList();
        return !pictures.isEmpty() && pictures.stream().allMatch(picture -> isOf(width, height, picture));
    }

    private static boolean isOf(int width, int height, Chunk picture) {
        ByteBuffer data = picture.data();
        if (data.limit() < 10) {
            return false;
        }
        if (picture.name().equals("VP8L")) {
            int sides = data.getInt(1);
            return (sides & SIDE) + 1 == width && (sides >>> 14 & SIDE) + 1 == height;
        }
        return (data.getShort(6) & SIDE) == width && (data.getShort(8) & SIDE) == height;
    }

    /** Each chunk is a name, a length and data, padded to an even length. A truncated chunk ends the list. */
    private static List<Chunk> webpChunks(ByteBuffer rest) {
        rest.order(ByteOrder.LITTLE_ENDIAN);
        List<Chunk> chunks = new ArrayList<>();
        while (rest.remaining() >= 8) {
            String name = name(rest);
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                break;
            }
            chunks.add(new Chunk(name, rest.slice(rest.position(), length).order(ByteOrder.LITTLE_ENDIAN)));
            rest.position(Math.min(rest.limit(), rest.position() + length + length % 2));
        }
        return chunks;
    }

    private static String name(ByteBuffer rest) {
        byte[] name = new byte[4];
        rest.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
