package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.NormalText;

/**
 * Hashes passwords, deliberately slowly. Thread-safe. All methods take a noticeable part of a second, and throw a
 * ChatException UNAVAILABLE at once if too many requesters wait.
 */
public interface PasswordHasher {
    /** The longest password that is compared, before it is brought into its normal form, in UTF-16 code units. */
    int MAX_TYPED_LENGTH = 2_000;

    String hash(String password, Requester requester);

    boolean matches(String password, String hash, Requester requester);

    /**
     * Compares a password in its normal form and, if that is another form and does not match, as it was typed: passwords
     * were once hashed as typed.
     *
     * @throws ChatException INVALID for a text that is far longer than any password
     */
    default boolean accepts(String typed, String hash, Requester requester) {
        if (typed.length() > MAX_TYPED_LENGTH) {
            throw ChatException.invalid("refusal.password.long");
        }
        String normal = NormalText.password(typed);
        return matches(normal, hash, requester) || (!normal.equals(typed) && matches(typed, hash, requester));
    }
}
