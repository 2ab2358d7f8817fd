package chat.klatsch.live;

import chat.klatsch.core.User;
import java.time.ZoneId;

/** One open line to one person's screen, as a room sees it. Thread-safe; no method blocks. */
public interface Connection {
    /** Why the server ends a connection. */
    enum CloseReason {
        /** Its sign-in has ended or its person was put out; it should not come back by itself. */
        REVOKED,
        /** It kept sending what it must not; it should not come back by itself. */
        ABUSIVE,
        /** One too many was opened; it may come back when another has gone. */
        TOO_MANY,
        /** It read so slowly that its queue was full; it comes back and is brought level. */
        TOO_SLOW,
        /** The server goes down; it comes back to the next one. */
        SHUTDOWN
    }

    User user();

    /** In which time zone its person reads the clock. */
    ZoneId zone();

    /** Queues the frame behind those before it. A full queue ends the connection with {@link Ending#TOO_SLOW}. */
    void offer(Frame frame);

    /** Runs the action once, as soon as nothing is queued: at once if that is so already, never once it has ended. */
    void whenIdle(Runnable action);

    void end(CloseReason ending);
}
