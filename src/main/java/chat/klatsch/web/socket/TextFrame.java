package chat.klatsch.web.socket;

import chat.klatsch.live.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A WebSocket text message in one unmasked frame, as a server sends it (RFC 6455, 5.2). */
public final class TextFrame implements Frame {
    private static final int MAX_HEADER_BYTES = 10;
    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final int MAX_SHORT_LENGTH = 125;
    private static final byte LENGTH_IN_TWO_BYTES = 126;
    private static final byte LENGTH_IN_EIGHT_BYTES = 127;

    private final ByteBuffer encoded;
    private final int bytes;
    private final boolean amendment;

    private TextFrame(int bytes, List<ByteBuffer> texts, boolean amendment) {
        ByteBuffer frame = ByteBuffer.allocate(MAX_HEADER_BYTES + bytes).put(FINAL_TEXT);
        if (bytes <= MAX_SHORT_LENGTH) {
            frame.put((byte) bytes);
        } else if (bytes <= 0xffff) {
            frame.put(LENGTH_IN_TWO_BYTES).putShort((short) bytes);
        } else {
            frame.put(LENGTH_IN_EIGHT_BYTES).putLong(bytes);
        }
        texts.forEach(frame::put);
        this.encoded = frame.flip().asReadOnlyBuffer();
        this.bytes = bytes;
        this.amendment = amendment;
    }

    public static Frame of(String text) {
        return of(text, false);
    }

    /** @param amendment as {@link Frame#isAmendment} */
    public static Frame of(String text, boolean amendment) {
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(text);
        return new TextFrame(utf8.remaining(), List.of(utf8), amendment);
    }

    /** Concatenates the texts of at least one frame into a single frame. */
    static Frame joined(List<Frame> frames) {
        return frames.size() == 1
                ? frames.get(0)
                : new TextFrame(
                        frames.stream().mapToInt(Frame::bytes).sum(),
                        frames.stream().map(Frame::utf8).toList(),
                        frames.get(0).isAmendment());
    }

    @Override
    public ByteBuffer encoded() {
        return encoded.duplicate();
    }

    @Override
    public ByteBuffer utf8() {
        return encoded().position(encoded.limit() - bytes);
    }

    @Override
    public boolean isAmendment() {
        return amendment;
    }

    @Override
    public int bytes() {
        return bytes;
    }
}
