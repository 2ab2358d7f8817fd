package chat.klatsch.live;

import java.nio.ByteBuffer;

/**
 * A rendered update, encoded once for all the connections that it is sent to. Immutable. Each buffer is a read-only view
 * with its own position.
 */
public interface Frame {
    /** Returns the bytes to write to a connection, which include the transport's header. */
    ByteBuffer encoded();

    /** Returns the text without the header, in UTF-8. */
    ByteBuffer utf8();

    /**
     * Returns whether the text changes elements that an earlier frame may have inserted. It is never joined to an earlier
     * frame, because the browser looks for such elements before it inserts anything.
     */
    boolean isAmendment();

    /** Returns the length of the text in bytes. */
    int bytes();
}
