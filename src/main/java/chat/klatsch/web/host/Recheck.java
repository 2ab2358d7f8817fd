package chat.klatsch.web.host;

/** Asks again, while a connection is open, who has opened it. Thread-safe. */
public interface Recheck {
    /** The state of a connection's user at the host. */
    enum Answer {
        /** The user is still signed in. */
        SAME,
        /** Nobody is signed in any more, or somebody else. */
        ENDED,
        /** Only a new request tells. */
        UNKNOWN
    }

    /** @throws chat.klatsch.core.ChatException UNAVAILABLE if the host does not tell, FORBIDDEN for a banned user */
    Answer ask();
}
