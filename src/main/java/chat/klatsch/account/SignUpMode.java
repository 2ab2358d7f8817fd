package chat.klatsch.account;

/** Who may create an account. The first account can be created in each mode. */
public enum SignUpMode {
    /** Everybody. */
    OPEN,
    /** Whoever has followed a valid invitation to a room. */
    INVITED,
    /** Nobody. */
    CLOSED
}
