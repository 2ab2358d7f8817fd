package chat.klatsch.account;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changes accounts, and stores the one-time tokens that allow a change without a password, by their SHA-256. Each
 * change is one transaction. Thread-safe; every method may throw a ChatException UNAVAILABLE.
 */
public interface AccountChanges {
    /** Empty for a deleted account. */
    Optional<Contact> contact(UserId user);

    /** The user with this address, ignoring case; empty for a banned one. */
    Optional<Contact> contact(EmailAddress address);

    /**
     * Stores a token for the lifetime of its purpose, and deletes the user's expired tokens. Returns false if the address
     * is no longer the user's, or is another user's.
     */
    boolean storeToken(TokenPurpose purpose, String token, UserId user, EmailAddress address, Instant now);

    /** The user a token belongs to; empty if it is used or expired, or if the user's address has changed since. */
    Optional<Contact> contactOf(TokenPurpose purpose, String token, Instant now);

    /** Uses the token up and marks the address as verified. Returns false if {@link #contactOf} finds no such token. */
    boolean verifyEmail(String token, Instant now);

    /**
     * Uses the token up, sets the password, and deletes the user's sessions and other tokens. A token that was emailed
     * also verifies the address; one that an operator issued does not. Empty if {@link #contactOf} finds no such token.
     */
    Optional<UserId> resetPassword(String token, String passwordHash, Instant now);

    /**
     * Sets an address that is not yet verified, and invalidates all emailed links.
     *
     * @throws chat.klatsch.core.ChatException TAKEN if another user has the address
     */
    void changeEmail(UserId user, EmailAddress address);

    /** Ends and returns all sessions but the one to keep, and invalidates all links that reset the password. */
    List<String> changePassword(UserId user, String passwordHash, String keptSession);

    /**
     * Deletes everything about the user except their messages, which lose their author's name. The user's groups pass to
     * their longest-standing members; groups without other members are deleted.
     *
     * @return the groups that the user was a member of
     * @throws chat.klatsch.core.ChatException INVALID for the only operator
     */
    List<RoomId> delete(UserId user, Instant now);
}
