package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recognises passwords that are guessed first. Thread-safe. */
public interface PasswordStrength {
    /**
     * Returns whether a password is one of the most used ones, or hardly more than a variation of one.
     *
     * @param names words that are as easy to guess, such as the username
     */
    boolean isWeak(String password, List<String> names);

    /** @throws ChatException INVALID for a weak password, and for one that is the user's name or email address */
    default void requireStrong(String password, String username, Optional<String> email) {
        String comparable = NewAccount.comparable(password);
        List<String> names = Stream.concat(Stream.of(username), email.stream())
                .map(NewAccount::comparable)
                .toList();
        if (names.contains(comparable)) {
            throw ChatException.invalid("refusal.password.own");
        }
        if (isWeak(password, names)) {
            throw ChatException.invalid("refusal.password.common");
        }
    }
}
