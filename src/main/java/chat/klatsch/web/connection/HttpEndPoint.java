package chat.klatsch.web.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The end point of a connection, which knows how far its current request is, until the connection becomes a WebSocket.
 * Thread-safe.
 */
public class HttpEndPoint extends SocketChannelEndPoint {
    private final HttpConnections connections;

    /** Null once the connection is a WebSocket. */
    private volatile @Nullable RequestProgress progress = new RequestProgress(System.nanoTime());

    protected HttpEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            HttpConnections connections) {
        super(channel, selector, key, scheduler);
        this.connections = connections;
    }

    /** Returns the progress of a request, if its connection has end points of this class. */
    static Optional<RequestProgress> progress(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint() instanceof HttpEndPoint endPoint
                ? Optional.ofNullable(endPoint.progress)
                : Optional.empty();
    }

    /** Begins a phase of a request. */
    static void enter(Request request, RequestProgress.Phase phase) {
        progress(request).ifPresent(progress -> progress.enter(phase, System.nanoTime()));
    }

    /** Closes the connection of a request. */
    static void end(Request request) {
        if (request.getConnectionMetaData().getConnection().getEndPoint() instanceof HttpEndPoint endPoint) {
            endPoint.end();
        }
    }

    /** Returns the client's address, or null if it has closed the connection. */
    @Nullable
    InetAddress peer() {
        return getRemoteSocketAddress() instanceof InetSocketAddress address ? address.getAddress() : null;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        connections.add(this);
    }

    @Override
    public void onClose(@Nullable Throwable failure) {
        connections.remove(this);
        super.onClose(failure);
    }

    @Override
    public void upgrade(Connection webSocket) {
        progress = null;
        connections.remove(this);
        super.upgrade(webSocket);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int filled = super.fill(buffer);
        RequestProgress current = progress;
        if (current != null && filled > 0) {
            current.received(filled, System.nanoTime());
        }
        return filled;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        RequestProgress current = progress;
        if (current == null) {
            return super.flush(buffers);
        }
        long before = BufferUtil.remaining(buffers);
        boolean complete = super.flush(buffers);
        current.sent(before - BufferUtil.remaining(buffers));
        return complete;
    }

    boolean isWriting() {
        return getWriteFlusher().isPending();
    }

    /** Returns whether the last request whose answer is known has been refused. */
    boolean isRefused() {
        RequestProgress current = progress;
        return current != null && current.isRefused();
    }

    /** Returns whether the connection waits for its client, or a refusal for the time at which it is sent. */
    boolean isWaiting() {
        RequestProgress current = progress;
        return current != null && current.isWaiting(isWriting());
    }

    /** Returns the time since which the connection waits for its client, by {@link System#nanoTime}. */
    long waitingSince() {
        RequestProgress current = progress;
        return current == null ? System.nanoTime() : current.since();
    }

    void endIfLate(RequestDeadlines deadlines, long now) {
        RequestProgress current = progress;
        if (current != null && current.isLate(deadlines, isWriting(), now)) {
            end();
        }
    }

    /** Closes the connection, with status 408 for a request that is incomplete. */
    void end() {
        RequestProgress current = progress;
        if (current != null && current.end()) {
            try {
                getChannel().write(connections.timeoutResponse());
            } catch (IOException e) {
                // The client has closed the connection.
            }
        }
        close(new EofException("The client was too slow"));
    }
}
