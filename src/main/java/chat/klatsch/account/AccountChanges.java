package chat.klatsch.account;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where what changes about an account is kept, and the tokens that allow it without a password, by their SHA-256. Each
 * change happens wholly or not at all. Thread-safe; every method may throw a ChatException UNAVAILABLE.
 */
public interface AccountChanges {
    /** Empty once the account is deleted. */
    Optional<Contact> contact(UserId user);

    /** The person with this address, in any case, unless they are banned. */
    Optional<Contact> contact(EmailAddress address);

    /** Keeps a token for as long as its purpose lasts, and forgets this person's expired ones. */
    void allow(TokenPurpose purpose, String token, UserId user, EmailAddress address, Instant now);

    /** Whose token it is, unless it is used or expired, or the person has another address by now. */
    Optional<Contact> allowed(TokenPurpose purpose, String token, Instant now);

    /** Uses the token up. False when there is none, as in {@link #allowed}. */
    boolean verify(String token, Instant now);

    /**
     * Uses the token up; ends all sign-ins of the person and forgets their other tokens. As they read the mail to their
     * address, it is verified, unless an operator has handed the token over. Empty when there is no such token, as in {@link #allowed}.
     */
    Optional<UserId> resetPassword(String token, String passwordHash, Instant now);

    /**
     * The new address is not verified, and no link in an earlier letter works any more.
     *
     * @throws chat.klatsch.core.ChatException TAKEN when somebody has the address
     */
    void changeEmail(UserId user, EmailAddress address);

    /** Ends all sign-ins but the one to keep, and returns those; no link in an earlier letter resets it any more. */
    List<String> changePassword(UserId user, String passwordHash, String keptSession);

    /**
     * Nothing of the person is left but their messages, whose author is nobody in particular. Their groups fall to who
     * has belonged to them longest, and go where nobody else does.
     *
     * @return the groups that they belonged to
     * @throws chat.klatsch.core.ChatException INVALID for the only operator
     */
    List<RoomId> delete(UserId user, Instant now);
}
