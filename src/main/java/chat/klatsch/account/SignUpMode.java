package chat.klatsch.account;

/** Decides who may create an account. The first account can be created in each mode. */
public enum SignUpMode {
    /** Everybody. */
    OPEN,
    /** People who have followed a valid invitation to a room. */
    INVITED,
    /** Nobody. */
    CLOSED
}
