package chat.klatsch.web.socket;

import java.util.Objects;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.ee10.websocket.server.internal.JettyServerFrameHandlerFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.jspecify.annotations.Nullable;

/**
 * Ends a WebSocket whose client sends many control frames, which are pings and pongs, or messages in very many fragments.
 * Confined to the connection, whose frames arrive one after another.
 */
public final class FrameBudget implements FrameHandler {
    /** Pings and pongs within {@link #PERIOD_NANOS}. Browsers send a pong every twelve seconds. */
    private static final int MAX_CONTROL_FRAMES = 200;

    /** Programs that send a message in parts send some kilobytes in each, and at times a few bytes at a buffer's end. */
    private static final int MAX_PARTS = 200;

    private static final long PERIOD_NANOS = 10_000_000_000L;

    private final FrameHandler handler;
    private @Nullable CoreSession session;
    private volatile Runnable abuse = this::abort;
    private volatile Runnable closed = () -> {};
    private long periodStart = System.nanoTime();
    private int controlFrames;
    private int parts;
    private boolean exceeded;

    private FrameBudget(FrameHandler handler) {
        this.handler = handler;
    }

    /**
     * Gives each WebSocket a budget, in place of Jetty's factory, whose handlers keep the response and so the request.
     *
     * @param isOwn whether an upgrade is the chat's; others are left as they are
     */
    public static void install(
            JettyWebSocketServerContainer container, WebSocketComponents components, Predicate<Request> isOwn) {
        container.removeBean(container.getBean(JettyServerFrameHandlerFactory.class));
        container.addBean(new JettyServerFrameHandlerFactory(container, components) {
            @Override
            public FrameHandler newFrameHandler(
                    Object endpoint, ServerUpgradeRequest request, ServerUpgradeResponse response) {
                return isOwn.test(request)
                        ? new FrameBudget(newJettyFrameHandler(endpoint))
                        : super.newFrameHandler(endpoint, request, response);
            }
        });
    }

    /** Sets what ends the connection of a client that sends too many frames. */
    void onAbuse(Runnable end) {
        abuse = end;
    }

    /** Sets what follows the end of the WebSocket, however it ends. */
    void onClosed(Runnable action) {
        closed = action;
    }

    private void abort() {
        Objects.requireNonNull(session).abort();
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        handler.onOpen(opened, callback);
    }

    /** Ignores what still comes from a client that has been told to go. */
    @Override
    public void onFrame(Frame frame, Callback callback) {
        if (frame.getOpCode() == OpCode.CLOSE || (!exceeded && !isOneTooMany(frame))) {
            handler.onFrame(frame, callback);
            return;
        }
        WebSocketCoreSession abused = (WebSocketCoreSession) Objects.requireNonNull(session);
        if (!exceeded) {
            exceeded = true;
            abuse.run();
        }
        callback.succeeded();
        abused.demand();
    }

    private boolean isOneTooMany(Frame frame) {
        if (!frame.isControlFrame()) {
            parts = frame.isFin() ? 0 : parts + 1;
            return parts > MAX_PARTS;
        }
        long now = System.nanoTime();
        if (now - periodStart > PERIOD_NANOS) {
            periodStart = now;
            controlFrames = 0;
        }
        return ++controlFrames > MAX_CONTROL_FRAMES;
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        handler.onError(cause, callback);
    }

    /** Tells the chat itself, because Javalin does not hear of it from Jetty 12.0, which some hosts have. */
    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        closed.run();
        handler.onClosed(status, callback);
    }
}
