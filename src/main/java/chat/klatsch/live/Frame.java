package chat.klatsch.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What happened in a room, once for everybody in it: the fragments that the browser swaps in, rendered, encoded, and as
 * one text message of a WebSocket behind the header that a server puts there (RFC 6455, 5.2), so that nobody has to do
 * any of it again for each reader. Immutable.
 */
public final class Frame {
    private static final int HEADER = 10;
    private static final byte WHOLE_TEXT = (byte) 0x81;
    private static final int SHORT = 125;
    private static final byte IN_TWO_BYTES = 126;
    private static final byte IN_EIGHT_BYTES = 127;

    private final ByteBuffer wire;
    private final int bytes;

    private Frame(int bytes, List<ByteBuffer> texts) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + bytes).put(WHOLE_TEXT);
        if (bytes <= SHORT) {
            frame.put((byte) bytes);
        } else if (bytes <= 0xffff) {
            frame.put(IN_TWO_BYTES).putShort((short) bytes);
        } else {
            frame.put(IN_EIGHT_BYTES).putLong(bytes);
        }
        texts.forEach(frame::put);
        this.wire = frame.flip().asReadOnlyBuffer();
        this.bytes = bytes;
    }

    public static Frame of(String text) {
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(text);
        return new Frame(utf8.remaining(), List.of(utf8));
    }

    /** The texts of frames end to end, as one frame. */
    public static Frame joined(List<Frame> frames) {
        return frames.size() == 1
                ? frames.get(0)
                : new Frame(
                        frames.stream().mapToInt(Frame::bytes).sum(),
                        frames.stream().map(Frame::utf8).toList());
    }

    /** The message, read-only: a view of one's own, since reading moves its position, of bytes that are the same for all. */
    public ByteBuffer wire() {
        return wire.duplicate();
    }

    /** The text of the message alone, as {@link #wire}. */
    public ByteBuffer utf8() {
        return wire().position(wire.limit() - bytes);
    }

    /** The length of the text. */
    public int bytes() {
        return bytes;
    }
}
