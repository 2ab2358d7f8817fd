package chat.klatsch.account;

/**
 * The person for whom a password is hashed. When many wait, the rank decides whose turn it is, and within a rank each account
 * and each network get their turns alike.
 *
 * @param network the network that the request comes from
 * @param account the account that the password is for, as the person names it
 */
public record Caller(String network, String account, Rank rank) {
    /** The order in which passwords are hashed. */
    public enum Rank {
        /** A person with a session, a link from an email, or a device from which the account has been used. */
        KNOWN,
        /** Another person who signs in. */
        SIGN_IN,
        /** A person who creates an account. */
        SIGN_UP
    }
}
