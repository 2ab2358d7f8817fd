package chat.klatsch.bench;

import java.nio.ByteBuffer;

/**
 * Parses the WebSocket frames of one connection incrementally and finds marked messages in them, without copying, so
 * that parsing costs little compared with receiving.
 */
final class FrameReader {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** Receives what the reader finds. */
    interface Listener {
        void marked(int number, long due);

        /** @param marks the number of marked messages in the text */
        void text(long bytes, int marks);

        void control(int opcode, byte[] payload);
    }

    private static final int FINAL = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final long MARKS = 0x0101010101010101L * MarkedMessage.BOUND;

    private enum Within {
        TEXT,
        NUMBER,
        DUE
    }

    private final Listener listener;
    private final byte[] start = new byte[10];
    private int startBytes;
    private long length;
    private long left = -1;
    private byte[] control = new byte[0];
    private Within within = Within.TEXT;
    private long value;
    private int number;
    private int marks;

    FrameReader(Listener listener) {
        this.listener = listener;
    }

    void read(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (left < 0) {
                start[startBytes++] = in.get();
                if (startBytes < startLength()) {
                    continue;
                }
                begin();
            }
            int part = (int) Math.min(left, in.remaining());
            if (opcode() >= CLOSE) {
                in.get(control, (int) (length - left), part);
            } else {
                scan(in, in.position() + part);
            }
            left -= part;
            if (left == 0) {
                end();
            }
        }
    }

    private int opcode() {
        return start[0] & 15;
    }

    private int startLength() {
        return switch (startBytes < 2 ? 0 : start[1]) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private void begin() {
        if ((start[0] & COMPRESSED) != 0 || start[1] < 0) {
            throw new IllegalStateException("the server sends frames that are compressed or masked");
        }
        length = start[1];
        if (startBytes > 2) {
            length = 0;
            for (int i = 2; i < startBytes; i++) {
                length = length << 8 | start[i] & 0xff;
            }
        }
        left = length;
        if (opcode() >= CLOSE) {
            control = new byte[(int) length];
        }
    }

    private void end() {
        left = -1;
        startBytes = 0;
        if (opcode() >= CLOSE) {
            listener.control(opcode(), control);
        } else if ((start[0] & FINAL) != 0) {
            listener.text(length, marks);
            marks = 0;
        }
    }

    private void scan(ByteBuffer in, int end) {
        int at = in.position();
        while (at < end) {
            if (within == Within.TEXT) {
                at = nextBound(in, at, end);
                if (at < end) {
                    at++;
                    within = Within.NUMBER;
                    value = 0;
                }
            } else {
                digit(in.get(at++));
            }
        }
        in.position(end);
    }

    private void digit(byte character) {
        if (character >= '0' && character <= '9') {
            value = value * 10 + character - '0';
        } else if (within == Within.NUMBER && character == MarkedMessage.BETWEEN) {
            number = (int) value;
            value = 0;
            within = Within.DUE;
        } else {
            if (within == Within.DUE && character == MarkedMessage.BOUND) {
                marks++;
                listener.marked(number, value);
            }
            within = Within.TEXT;
        }
    }

    /** Returns the position of the next bound, or the end. Compares eight bytes at a time. */
    private static int nextBound(ByteBuffer in, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end && !hasZero(in.getLong(at) ^ MARKS)) {
            at += Long.BYTES;
        }
        while (at < end && in.get(at) != MarkedMessage.BOUND) {
            at++;
        }
        return at;
    }

    private static boolean hasZero(long bytes) {
        return (bytes - 0x0101010101010101L & ~bytes & 0x8080808080808080L) != 0;
    }
}
