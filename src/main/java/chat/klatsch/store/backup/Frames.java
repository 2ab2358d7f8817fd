package chat.klatsch.store.backup;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Sends a stream through a socket in frames, so that the receiver knows how far it is and whether it is complete: the length
 * of the bytes in the frame, the rows so far and in total, and the bytes. The last frame has the length -1, and its bytes are
 * the reason for a failure, if there is one, behind their length. Confined to one thread.
 */
final class Frames extends OutputStream {
    /** The time for which a receiver may read nothing: the database keeps what its snapshot needs meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int HEAD = Integer.BYTES + 2 * Long.BYTES;
    private static final int LAST = -1;
    private static final int MAX_LENGTH = 1024 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private long rows;
    private long total;

    Frames(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_WRITE);
    }

    void moved(long newRows, long newTotal) {
        rows = newRows;
        total = newTotal;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            send(head(length), ByteBuffer.wrap(bytes, offset, length));
        }
    }

    /** @param failure the reason, or an empty string */
    void finish(String failure) throws IOException {
        byte[] reason = failure.getBytes(StandardCharsets.UTF_8);
        ByteBuffer length =
                ByteBuffer.allocate(Integer.BYTES).putInt(reason.length).flip();
        send(head(LAST), length, ByteBuffer.wrap(reason));
    }

    private ByteBuffer head(int length) {
        return ByteBuffer.allocate(HEAD)
                .putInt(length)
                .putLong(rows)
                .putLong(total)
                .flip();
    }

    private void send(ByteBuffer... buffers) throws IOException {
        while (Stream.of(buffers).anyMatch(ByteBuffer::hasRemaining)) {
            if (channel.write(buffers) == 0 && selector.select(PATIENCE.toMillis()) == 0 && channel.isOpen()) {
                throw new IOException("the receiver has read nothing for " + PATIENCE.toSeconds() + " seconds");
            }
            selector.selectedKeys().clear();
        }
    }

    /** Ends the thread that sends with an exception. Called from another one. */
    void abort() throws IOException {
        channel.close();
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }

    /**
     * Copies what another process sends.
     *
     * @throws BackupException if it has failed
     * @throws IOException if the connection or the target fails
     */
    static void copy(DataInputStream in, OutputStream out, Progress progress) throws IOException {
        byte[] buffer = new byte[MAX_LENGTH];
        while (true) {
            int length = in.readInt();
            progress.moved(in.readLong(), in.readLong());
            boolean isLast = length == LAST;
            int size = isLast ? in.readInt() : length;
            if (size < 0 || size > MAX_LENGTH) {
                throw new IOException("the chat has sent what is not a backup");
            }
            in.readFully(buffer, 0, size);
            if (isLast) {
                if (size > 0) {
                    throw new BackupException(new String(buffer, 0, size, StandardCharsets.UTF_8));
                }
                return;
            }
            out.write(buffer, 0, size);
        }
    }
}
