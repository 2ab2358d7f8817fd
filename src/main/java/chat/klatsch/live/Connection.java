package chat.klatsch.live;

import chat.klatsch.core.ReaderStyle;
import chat.klatsch.core.User;

/** A user's live connection, as a room sees it. Thread-safe; no method blocks. */
public interface Connection {
    /** The reason why the server closes a connection. */
    enum CloseReason {
        /** The session has ended or the user was removed. The client should not reconnect by itself. */
        REVOKED,
        /** The user has signed in again in the same browser. The client reconnects with the new session. */
        RENEWED,
        /** The client kept sending invalid messages. It should not reconnect by itself. */
        ABUSIVE,
        /** A connection limit is exceeded. The client may reconnect after another connection has closed. */
        TOO_MANY,
        /** The send queue is full because the client reads too slowly. The client reconnects and catches up. */
        TOO_SLOW,
        /** The server shuts down. The client reconnects to another node. */
        SHUTDOWN
    }

    User user();

    /** The user has another name from now on. */
    void rename(User renamed);

    /** Returns how times are rendered for the user. */
    ReaderStyle readerStyle();

    /** Returns whether the user's page is in a frame of a host. */
    default boolean isEmbedded() {
        return false;
    }

    /** Queues a frame. A full queue ends the connection with {@link CloseReason#TOO_SLOW}. */
    void offer(Frame frame);

    /** Runs the action once, as soon as the queue is empty: immediately if it is, never if the connection ends first. */
    void whenIdle(Runnable action);

    void end(CloseReason reason);
}
