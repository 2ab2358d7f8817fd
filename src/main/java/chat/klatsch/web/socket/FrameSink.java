package chat.klatsch.web.socket;

import chat.klatsch.live.Frame;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
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
            ByteBuffer shared = frame.utf8();
            session.sendFrame(
                    new OutgoingEntry.Builder(new org.eclipse.jetty.websocket.core.Frame(OpCode.TEXT, shared), callback)
                            .build());
            return false;
        };
    }
}
