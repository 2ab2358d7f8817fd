package chat.klatsch.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/** Buffers what a socket does not accept yet. Confined to the selector's thread. */
final class WriteBuffer {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>(0);

    WriteBuffer(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** @param bytes may be reused after this call */
    void write(ByteBuffer bytes) throws IOException {
        if (waiting.isEmpty()) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            waiting.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    /** Continues writing when the socket is writable. */
    void resume() throws IOException {
        for (ByteBuffer next; (next = waiting.peek()) != null; waiting.remove()) {
            channel.write(next);
            if (next.hasRemaining()) {
                return;
            }
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }
}
