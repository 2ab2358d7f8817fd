package chat.klatsch.account;

import chat.klatsch.core.NormalText;

/** Hashes passwords, deliberately slowly. Thread-safe. All methods take a noticeable part of a second. */
public interface PasswordHasher {
    String hash(String password);

    boolean matches(String password, String hash);

    /**
     * Compares a password in its normal form and, if that is another form and does not match, as it was typed: passwords
     * were once hashed as typed.
     */
    default boolean accepts(String typed, String hash) {
        String normal = NormalText.password(typed);
        return matches(normal, hash) || (!normal.equals(typed) && matches(typed, hash));
    }
}
