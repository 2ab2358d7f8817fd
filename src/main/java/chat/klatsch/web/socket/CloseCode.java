package chat.klatsch.web.socket;

import chat.klatsch.live.Connection;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** The status that closes a WebSocket (RFC 6455, 7.4). The browser reconnects after 1012 and 1013, but not after 1008. */
record CloseCode(int code, String reason) {
    static CloseCode of(Connection.CloseReason reason) {
        return switch (reason) {
            case REVOKED -> new CloseCode(1008, "access revoked");
            case RENEWED -> new CloseCode(1012, "signed in again");
            case ABUSIVE -> new CloseCode(1008, "too many malformed or empty messages");
            case TOO_MANY -> new CloseCode(1013, "too many connections");
            case TOO_SLOW -> new CloseCode(1013, "too slow");
            case SHUTDOWN -> new CloseCode(1012, "restarting");
        };
    }

    void send(Session session) {
        session.close(code, reason, Callback.NOOP);
    }
}
