package chat.klatsch.web.socket;

import chat.klatsch.account.Session;
import chat.klatsch.core.ReaderStyle;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.live.Connection;
import chat.klatsch.live.Frame;
import chat.klatsch.web.host.Recheck;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing side of one WebSocket. A frame is written immediately if no write is pending; frames that arrive during a
 * write are joined into the next one. The queue is bounded, so a client that reads too slowly is disconnected, catches up
 * when it reconnects, and does not delay others. Thread-safe; no lock is held while writing.
 */
final class SendQueue implements Connection, Callback {
    /** The time for the closing handshake, which a stalled client never answers. */
    private static final int CLOSE_TIMEOUT_SECONDS = 2;

    private final WebSocketSession socket;
    private final FrameSink sink;
    private final FrameBudget budget;
    private final Optional<RoomId> room;
    private final Session session;
    private final ReaderStyle readerStyle;
    private final boolean embedded;
    private final Optional<Recheck> recheck;
    private volatile User user;
    private final ScheduledExecutorService timer;
    private final SocketMetrics metrics;
    private final FrameQueue queue = new FrameQueue();
    private final List<Runnable> whenIdle = new ArrayList<>(1);
    private boolean writing;
    private @Nullable CloseReason closeReason;

    SendQueue(
            WebSocketSession socket,
            Optional<RoomId> room,
            Session session,
            ReaderStyle readerStyle,
            boolean embedded,
            Optional<Recheck> recheck,
            ScheduledExecutorService timer,
            SocketMetrics metrics) {
        this.socket = socket;
        this.sink = FrameSink.of(core());
        this.budget = (FrameBudget) core().getHandler();
        budget.onAbuse(() -> end(CloseReason.ABUSIVE));
        this.room = room;
        this.session = session;
        this.readerStyle = readerStyle;
        this.embedded = embedded;
        this.recheck = recheck;
        this.user = session.user();
        this.timer = timer;
        this.metrics = metrics;
    }

    @Override
    public User user() {
        return user;
    }

    @Override
    public void rename(User renamed) {
        user = renamed;
    }

    @Override
    public ReaderStyle readerStyle() {
        return readerStyle;
    }

    @Override
    public boolean isEmbedded() {
        return embedded;
    }

    /** Returns the room of which the user must stay a member. Empty for a page that shows the room list only. */
    Optional<RoomId> room() {
        return room;
    }

    /** Returns the session that opened the connection. */
    Session session() {
        return session;
    }

    /** Returns what asks the host whether the user is still signed in there, if the host knows. */
    Optional<Recheck> recheck() {
        return recheck;
    }

    @Override
    public void offer(Frame frame) {
        boolean full = false;
        synchronized (queue) {
            if (closeReason != null) {
                return;
            }
            if (writing) {
                full = !queue.add(frame);
                if (!full) {
                    return;
                }
            }
            writing = true;
        }
        if (full) {
            end(CloseReason.TOO_SLOW);
        } else {
            write(frame);
        }
    }

    @Override
    public void whenIdle(Runnable action) {
        metrics.catchingUp();
        synchronized (queue) {
            if (closeReason != null) {
                return;
            }
            if (writing) {
                whenIdle.add(action);
                return;
            }
        }
        action.run();
    }

    /** Lets a pending write finish first, since no frame may follow the close frame. */
    @Override
    public void end(CloseReason reason) {
        boolean idle;
        synchronized (queue) {
            if (closeReason != null) {
                return;
            }
            closeReason = reason;
            queue.clear();
            whenIdle.clear();
            idle = !writing;
        }
        metrics.closed(reason);
        if (idle) {
            CloseCode.of(reason).send(socket);
        }
        cutLater();
    }

    /** Sets what follows the end of the connection, however it ends. */
    void onClosed(Runnable action) {
        budget.onClosed(action);
    }

    /** Returns the number of bytes received so far, pongs included. */
    long bytesIn() {
        return core().getConnection().getBytesIn();
    }

    void ping() {
        socket.sendPing(ByteBuffer.allocate(0), org.eclipse.jetty.websocket.api.Callback.NOOP);
    }

    /** Drops the connection without a closing handshake. */
    void cut() {
        socket.disconnect();
    }

    @Override
    public void succeeded() {
        nextFrame().ifPresent(this::write);
    }

    @Override
    public void failed(Throwable failure) {
        cut();
    }

    private void write(Frame frame) {
        for (Optional<Frame> next = Optional.of(frame); next.isPresent(); next = nextFrame()) {
            metrics.written(next.get().bytes());
            if (!sink.send(next.get(), this)) {
                return;
            }
        }
    }

    /** Ends a write and returns the next queued frames joined into one, if any. */
    private Optional<Frame> nextFrame() {
        List<Frame> frames = List.of();
        List<Runnable> actions = List.of();
        @Nullable CloseReason reason;
        synchronized (queue) {
            writing = !queue.isEmpty();
            reason = closeReason;
            if (writing) {
                frames = queue.take();
            } else if (!whenIdle.isEmpty()) {
                actions = List.copyOf(whenIdle);
                whenIdle.clear();
            }
        }
        actions.forEach(Runnable::run);
        if (reason != null) {
            CloseCode.of(reason).send(socket);
        }
        return frames.isEmpty() ? Optional.empty() : Optional.of(TextFrame.joined(frames));
    }

    private void cutLater() {
        try {
            timer.schedule(this::cut, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException shutdown) {
            cut();
        }
    }

    private WebSocketCoreSession core() {
        return (WebSocketCoreSession) socket.getCoreSession();
    }
}
