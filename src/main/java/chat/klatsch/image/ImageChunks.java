package chat.klatsch.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parts of a PNG or WebP, by their names. Those that reach beyond the end of the file are left out, with all after them. */
record ImageChunks(List<Chunk> all) {
    record Chunk(String name, ByteBuffer data) {}

    private static final int SIDE = 0x3fff;

    /** Each is its length, name, data and checksum. */
    static ImageChunks ofPng(byte[] file) {
        ByteBuffer rest = ByteBuffer.wrap(file).position(8);
        List<Chunk> all = new ArrayList<>();
        while (rest.remaining() >= 12) {
            int length = rest.getInt();
            String name = name(rest);
            if (length < 0 || length > rest.remaining() - 4) {
                break;
            }
            all.add(new Chunk(name, rest.slice(rest.position(), length)));
            rest.position(rest.position() + length + 4);
        }
        return new ImageChunks(all);
    }

    /** Each is its name, length, data, and a byte more where the length is odd. */
    static ImageChunks ofWebp(byte[] file) {
        ByteBuffer rest = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(12);
        List<Chunk> all = new ArrayList<>();
        while (rest.remaining() >= 8) {
            String name = name(rest);
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                break;
            }
            all.add(new Chunk(name, rest.slice(rest.position(), length).order(ByteOrder.LITTLE_ENDIAN)));
            rest.position(Math.min(rest.limit(), rest.position() + length + length % 2));
        }
        return new ImageChunks(all);
    }

    boolean have(String name) {
        return all.stream().anyMatch(chunk -> chunk.name().equals(name));
    }

    /** Whether there is a picture in this WebP, and each is of this size: decoders make room for what the picture says. */
    boolean areWebpOf(int width, int height) {
        List<Chunk> pictures = all.stream()
                .filter(chunk -> chunk.name().startsWith("VP8") && !chunk.name().equals("VP8X"))
                .toList();
        return !pictures.isEmpty() && pictures.stream().allMatch(chunk -> isWebpOf(width, height, chunk));
    }

    private static boolean isWebpOf(int width, int height, Chunk picture) {
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

    private static String name(ByteBuffer rest) {
        byte[] name = new byte[4];
        rest.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
