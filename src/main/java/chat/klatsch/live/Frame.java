package chat.klatsch.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rendered fragments, encoded once for all connections as one unmasked WebSocket text message (RFC 6455, section 5.2).
 * Immutable.
 */
public final class Frame {
    private static final int MAX_HEADER = 10;
    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final int MAX_SHORT = 125;
    private static final byte LENGTH_IN_TWO_BYTES = 126;
    private static final byte LENGTH_IN_EIGHT_BYTES = 127;

    private final ByteBuffer wire;
    private final int bytes;

    private Frame(int bytes, List<ByteBuffer> texts) {
        ByteBuffer frame = ByteBuffer.allocate(MAX_HEADER + bytes).put(FINAL_TEXT);
        if (bytes <= MAX_SHORT) {
            frame.put((byte) bytes);
        } else if (bytes <= 0xffff) {
            frame.put(LENGTH_IN_TWO_BYTES).putShort((short) bytes);
        } else {
            frame.put(LENGTH_IN_EIGHT_BYTES).putLong(bytes);
        }
        texts.forEach(frame::put);
        this.wire = frame.flip().asReadOnlyBuffer();
        this.bytes = bytes;
    }

    public static Frame of(String text) {
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(text);
        return new Frame(utf8.remaining(), List.of(utf8));
    }

    /** Concatenates the texts of frames into one frame. */
    public static Frame joined(List<Frame> frames) {
        return frames.size() == 1
                ? frames.get(0)
                : new Frame(
                        frames.stream().mapToInt(Frame::bytes).sum(),
                        frames.stream().map(Frame::utf8).toList());
    }

    /** Returns the whole message, header included, as a read-only buffer with its own position over shared bytes. */
    public ByteBuffer wire() {
        return wire.duplicate();
    }

    /** Returns the text without the header, otherwise like {@link #wire}. */
    public ByteBuffer utf8() {
        return wire().position(wire.limit() - bytes);
    }

    /** Returns the length of the text in bytes. */
    public int bytes() {
        return bytes;
    }
}
