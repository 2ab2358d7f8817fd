package chat.klatsch.web.socket;

import chat.klatsch.live.Connection;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** With what a WebSocket is closed (RFC 6455, 7.4): the extension in the browser comes back after 1012 and 1013, and not after 1008. */
record CloseCode(int code, String reason) {
    static CloseCode of(Connection.CloseReason ending) {
        return switch (ending) {
            case REVOKED -> new CloseCode(1008, "signed out");
            case ABUSIVE -> new CloseCode(1008, "too many malformed messages");
            case TOO_MANY -> new CloseCode(1013, "too many connections");
            case TOO_SLOW -> new CloseCode(1013, "too slow");
            case SHUTDOWN -> new CloseCode(1012, "restarting");
        };
    }

    void send(Session session) {
        session.close(code, reason, Callback.NOOP);
    }
}
