package chat.klatsch.web.socket;

import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritePendingException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The last step to a client's socket, where what Jetty writes by itself, such as the answer to a ping, and ready frames
 * take turns. Frames go past the four layers of Jetty's WebSocket that would wrap, queue and frame them for each client
 * anew, which takes 2 to 3 µs of the 20 that a delivery to one of a thousand would cost. Thread-safe; no lock is held
 * while writing.
 */
public final class FrameEndPoint extends SocketChannelEndPoint {
    private final Object turn = new Object();
    private boolean busy;

    /** Whose turn is next: Jetty writes one thing at a time, and so does the outbox. */
    private @Nullable Turn next;

    private FrameEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Jetty's own connector, but for the last step. */
    public static ServerConnector connector(Server server, HttpConfiguration http) {
        return new ServerConnector(server, new HttpConnectionFactory(http)) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                FrameEndPoint wire = new FrameEndPoint(channel, selector, key, getScheduler());
                wire.setIdleTimeout(getIdleTimeout());
                return wire;
            }
        };
    }

    /**
     * Sends a frame as soon as it is its turn. One at a time.
     *
     * @return whether it has left; if not, the callback is told when it has, or cannot
     */
    boolean send(ByteBuffer frame, Callback callback) {
        if (!take(callback, frame)) {
            return false;
        }
        try {
            while (frame.hasRemaining() && getChannel().write(frame) > 0) {
                // As much as the socket takes.
            }
        } catch (Throwable failure) {
            pass();
            callback.failed(failure);
            return false;
        }
        if (frame.hasRemaining()) {
            write(new Turn(callback, frame));
            return false;
        }
        pass();
        return true;
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        if (take(callback, buffers)) {
            write(new Turn(callback, buffers));
        }
    }

    private boolean take(Callback callback, ByteBuffer... buffers) {
        synchronized (turn) {
            if (!busy) {
                busy = true;
                return true;
            }
            if (next != null) {
                throw new WritePendingException();
            }
            next = new Turn(callback, buffers);
            return false;
        }
    }

    private void write(Turn mine) {
        super.write(mine, mine.buffers);
    }

    private void pass() {
        @Nullable Turn following;
        synchronized (turn) {
            following = next;
            next = null;
            busy = following != null;
        }
        if (following != null) {
            write(following);
        }
    }

    private final class Turn extends Callback.Nested {
        private final ByteBuffer[] buffers;

        Turn(Callback callback, ByteBuffer... buffers) {
            super(callback);
            this.buffers = buffers;
        }

        @Override
        public void succeeded() {
            pass();
            super.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            pass();
            super.failed(failure);
        }
    }
}
