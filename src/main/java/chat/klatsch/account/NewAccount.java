package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.User;
import java.util.Optional;
import java.util.regex.Pattern;

/** A valid request for an account. The email address is optional; a blank one counts as none. */
public record NewAccount(String username, String password, Optional<String> email) {
    private static final Pattern USERNAME = Pattern.compile("(?=.*[A-Za-z0-9])[A-Za-z0-9_.-]{2,32}");

    /** @throws ChatException INVALID for a field that breaks a rule */
    public NewAccount {
        username = NormalText.name(username);
        if (!USERNAME.matcher(username).matches()) {
            throw ChatException.invalid("refusal.username");
        }
        if (username.endsWith(".")) {
            // In a text, the dot would be the end of a sentence that mentions another user.
            throw ChatException.invalid("refusal.username.dot");
        }
        if (comparable(username).startsWith(User.DELETED_PREFIX)) {
            throw ChatException.invalid("refusal.username.reserved");
        }
        password = new NewPassword(password).value();
        email = email.map(NormalText::name)
                .filter(address -> !address.isEmpty())
                .map(address -> new EmailAddress(address).value());
    }

    /**
     * The form in which usernames and email addresses are compared. It forgives what users and keyboards add: upper case,
     * an {@code @} before the name, and blanks and invisible characters around it.
     */
    public static String comparable(String name) {
        return NormalText.lowerCase(EmailAddress.normal(name));
    }
}
