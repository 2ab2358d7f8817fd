package chat.klatsch.web.socket;

import chat.klatsch.live.Frame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;

/** Sends the frames of one WebSocket. */
interface FrameSink {
    /**
     * Sends a frame. The caller must not send another one before this one is written.
     *
     * @return true if the frame was written; otherwise the callback is called when it is, or has failed
     */
    boolean send(Frame frame, Callback callback);

    /** Returns the fastest way: to the chat's own end point, or through Jetty's WebSocket where the connection is another's. */
    static FrameSink of(WebSocketCoreSession session) {
        if (session.getConnection().getEndPoint() instanceof FrameEndPoint own) {
            return (frame, callback) -> own.send(frame.encoded(), callback);
        }
        return (frame, callback) -> {
            send(session, new org.eclipse.jetty.websocket.core.Frame(OpCode.TEXT, frame.utf8()), callback);
            return false;
        };
    }

    /** Calls the method that Jetty 12.0, which Spring Boot 3 brings, and 12.1 have in common. */
    @SuppressWarnings("deprecation")
    private static void send(
            WebSocketCoreSession session, org.eclipse.jetty.websocket.core.Frame frame, Callback callback) {
        session.sendFrame(frame, callback, false);
    }
}
