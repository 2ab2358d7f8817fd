package chat.klatsch.web.socket;

import chat.klatsch.web.connection.BoundedConnector;
import chat.klatsch.web.connection.HttpConnections;
import chat.klatsch.web.connection.HttpEndPoint;
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
 * Writes encoded frames to a client's socket, alternating with what Jetty writes itself, such as pongs. Frames bypass the
 * four layers of Jetty's WebSocket that would wrap, queue and encode them for each client, which saves 2 to 3 µs of the
 * 20 µs for each of a thousand recipients. Thread-safe; no lock is held while writing.
 */
public final class FrameEndPoint extends HttpEndPoint {
    private final Object lock = new Object();
    private boolean busy;

    /** At most one write waits, since Jetty and the send queue each have one pending. */
    private @Nullable PendingWrite waiting;

    private FrameEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            HttpConnections connections) {
        super(channel, selector, key, scheduler, connections);
    }

    /** Creates Jetty's usual connector with end points of this class. */
    public static ServerConnector connector(Server server, HttpConfiguration http, HttpConnections connections) {
        return new BoundedConnector(server, new HttpConnectionFactory(http)) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                FrameEndPoint endPoint = new FrameEndPoint(channel, selector, key, getScheduler(), connections);
                endPoint.setIdleTimeout(getIdleTimeout());
                return endPoint;
            }
        };
    }

    /**
     * Sends a frame, or lets it wait for Jetty's pending write. The caller must not send another one before this one is
     * written.
     *
     * @return true if the frame was written; otherwise the callback is called when it is, or has failed
     */
    boolean send(ByteBuffer frame, Callback callback) {
        if (!acquire(callback, frame)) {
            return false;
        }
        try {
            while (frame.hasRemaining() && getChannel().write(frame) > 0) {
                // Writes as much as the socket accepts.
            }
        } catch (Throwable failure) {
            release();
            callback.failed(failure);
            return false;
        }
        if (frame.hasRemaining()) {
            write(new PendingWrite(callback, frame));
            return false;
        }
        release();
        return true;
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        if (acquire(callback, buffers)) {
            write(new PendingWrite(callback, buffers));
        }
    }

    private boolean acquire(Callback callback, ByteBuffer... buffers) {
        synchronized (lock) {
            if (!busy) {
                busy = true;
                return true;
            }
            if (waiting != null) {
                throw new WritePendingException();
            }
            waiting = new PendingWrite(callback, buffers);
            return false;
        }
    }

    private void write(PendingWrite write) {
        super.write(write, write.buffers);
    }

    private void release() {
        @Nullable PendingWrite next;
        synchronized (lock) {
            next = waiting;
            waiting = null;
            busy = next != null;
        }
        if (next != null) {
            write(next);
        }
    }

    private final class PendingWrite extends Callback.Nested {
        private final ByteBuffer[] buffers;

        PendingWrite(Callback callback, ByteBuffer... buffers) {
            super(callback);
            this.buffers = buffers;
        }

        @Override
        public void succeeded() {
            release();
            super.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            release();
            super.failed(failure);
        }
    }
}
