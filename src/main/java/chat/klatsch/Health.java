package chat.klatsch;

/** Says whether a chat serves its users. */
public enum Health {
    /** The chat serves its users. */
    READY,

    /** The database did not answer a few seconds ago. Pages stay open, and the chat goes on once it answers. */
    DATABASE_UNAVAILABLE,

    /** The chat is closing or closed. */
    STOPPING
}
