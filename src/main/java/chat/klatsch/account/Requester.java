package chat.klatsch.account;

/**
 * The person whose request needs a hash. Each account and each network get their turns alike; among equals, the rank decides
 * whose turn it is.
 *
 * @param network the network that the request comes from
 * @param account the account that the password is for, as the person names it
 */
public record Requester(String network, String account, Rank rank) {
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
