package chat.klatsch.web.socket;

import chat.klatsch.account.Session;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.live.Connection;
import chat.klatsch.live.Frame;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket's way out: at most one write at a time, and frames that gather meanwhile leave together as one. A
 * lone frame leaves at once. The queue is bounded; a reader too slow for it is sent away and comes back, so one
 * stalled phone costs the others nothing. Thread-safe; no lock is held while writing.
 */
final class SendQueue implements Connection, Callback {
    static final int FRAMES = 256;
    static final int BYTES = 256 * 1024;

    /** How long a closing handshake may take before the connection is cut: a stalled peer never answers it. */
    private static final int CLOSING_SECONDS = 2;

    private final org.eclipse.jetty.websocket.api.Session socket;
    private final FrameEndPoint wire;
    private final RoomId room;
    private final Session session;
    private final ScheduledExecutorService timer;
    private final Queue<Frame> queue = new ArrayDeque<>(1);
    private final List<Runnable> whenIdle = new ArrayList<>(1);
    private int queuedBytes;
    private boolean writing;
    private @Nullable CloseReason ending;

    SendQueue(
            org.eclipse.jetty.websocket.api.Session socket,
            RoomId room,
            Session session,
            ScheduledExecutorService timer) {
        this.socket = socket;
        this.wire = (FrameEndPoint) core().getConnection().getEndPoint();
        this.room = room;
        this.session = session;
        this.timer = timer;
    }

    @Override
    public User user() {
        return session.user();
    }

    @Override
    public ZoneId zone() {
        return session.zone();
    }

    /** The room that it leads out of. */
    RoomId room() {
        return room;
    }

    /** The sign-in that it was opened with. */
    String session() {
        return session.id();
    }

    @Override
    public void offer(Frame frame) {
        boolean full = false;
        synchronized (queue) {
            if (ending != null) {
                return;
            }
            if (writing) {
                queue.add(frame);
                queuedBytes += frame.bytes();
                full = queue.size() > FRAMES || (queue.size() > 1 && queuedBytes > BYTES);
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
        synchronized (queue) {
            if (ending != null) {
                return;
            }
            if (writing) {
                whenIdle.add(action);
                return;
            }
        }
        action.run();
    }

    /** What is being written leaves first: after the frame that closes a connection there may be none. */
    @Override
    public void end(CloseReason ending) {
        boolean idle;
        synchronized (queue) {
            if (this.ending != null) {
                return;
            }
            this.ending = ending;
            queue.clear();
            whenIdle.clear();
            idle = !writing;
        }
        if (idle) {
            CloseCode.of(ending).send(socket);
        }
        cutLater();
    }

    /** Bytes that the client has sent so far; pongs, which every client sends by itself, count too. */
    long bytesIn() {
        return core().getConnection().getBytesIn();
    }

    void ping() {
        socket.sendPing(ByteBuffer.allocate(0), org.eclipse.jetty.websocket.api.Callback.NOOP);
    }

    /** Cuts the connection without a word: there is nobody to hear one. */
    void cut() {
        socket.disconnect();
    }

    /** What was written has left. */
    @Override
    public void succeeded() {
        gathered().ifPresent(this::write);
    }

    @Override
    public void failed(Throwable failure) {
        cut();
    }

    private void write(Frame frame) {
        for (Optional<Frame> next = Optional.of(frame); next.isPresent(); next = gathered()) {
            if (!wire.send(next.get().encoded(), this)) {
                return;
            }
        }
    }

    /** All that has gathered while something was being written, as one. */
    private Optional<Frame> gathered() {
        List<Frame> frames = List.of();
        List<Runnable> idle = List.of();
        @Nullable CloseReason end;
        synchronized (queue) {
            writing = !queue.isEmpty();
            end = ending;
            if (writing) {
                frames = List.copyOf(queue);
                queue.clear();
                queuedBytes = 0;
            } else if (!whenIdle.isEmpty()) {
                idle = List.copyOf(whenIdle);
                whenIdle.clear();
            }
        }
        idle.forEach(Runnable::run);
        if (end != null) {
            CloseCode.of(end).send(socket);
        }
        return frames.isEmpty() ? Optional.empty() : Optional.of(TextFrame.joined(frames));
    }

    private void cutLater() {
        try {
            timer.schedule(this::cut, CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closing) {
            cut();
        }
    }

    private WebSocketCoreSession core() {
        return (WebSocketCoreSession) ((WebSocketSession) socket).getCoreSession();
    }
}
