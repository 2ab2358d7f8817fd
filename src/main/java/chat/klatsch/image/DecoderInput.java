package chat.klatsch.image;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The content of an image, which ends in an exception once its reader has used up its processor time. All decoders read as
 * they go on, so this ends them. Processor time, unlike a time of day, is not used up while the machine is busy with other
 * work. Confined to the thread that creates it.
 */
final class DecoderInput extends ImageInputStreamImpl {
    /**
     * Bytes that are read at once. The JDK's JPEG decoder keeps the garbage collector waiting between two reads, and works
     * for 20 ms on 50 bytes of a hostile image.
     */
    private static final int PORTION = 128;

    /** The JDK's PNG decoder expects to get the transparency of 256 colours at once. */
    private static final int WHOLE = 256;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final class TimeUpException extends IOException {
        private static final long serialVersionUID = 1;

        TimeUpException() {
            super("decoding took too long");
        }
    }

    private final byte[] content;
    private final long end;

    DecoderInput(byte[] content, Duration processorTime) {
        this.content = content;
        this.end = THREADS.getCurrentThreadCpuTime() + processorTime.toNanos();
    }

    /** Returns whether an exception says that the reader has used up its processor time. */
    static boolean isTimeUp(Throwable exception) {
        return Stream.iterate(exception, Objects::nonNull, Throwable::getCause)
                .anyMatch(TimeUpException.class::isInstance);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        read(one, 0, 1);
        return Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        int at = (int) streamPos;
        if (at >= content.length) {
            // A decoder may try for ever to read more.
            throw new EOFException();
        }
        int count = Math.min(length > WHOLE ? PORTION : length, content.length - at);
        if (at / PORTION != (at + count) / PORTION && THREADS.getCurrentThreadCpuTime() > end) {
            throw new TimeUpException();
        }
        System.arraycopy(content, at, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return content.length;
    }
}
