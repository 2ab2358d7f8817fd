package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What somebody typed to get an account, found acceptable. The e-mail address is optional; blank means none. */
public record NewAccount(String username, String password, Optional<String> email) {
    private static final Pattern USERNAME = Pattern.compile("(?=.*[A-Za-z0-9])[A-Za-z0-9_.-]{2,32}");

    /** What the names of deleted accounts begin with. */
    public static final String DELETED = "deleted-";

    /** @throws ChatException INVALID with what is wrong */
    public NewAccount {
        username = username.strip();
        email = email.map(String::strip).filter(address -> !address.isEmpty());
        if (!USERNAME.matcher(username).matches()) {
            throw invalid("A username has 2 to 32 letters (a to z), digits, dots, dashes or underscores.");
        }
        if (comparable(username).startsWith(DELETED)) {
            throw invalid("This username is not to be had.");
        }
        new NewPassword(password);
        email.ifPresent(EmailAddress::new);
    }

    /** The form in which usernames and e-mail addresses are compared: without case. */
    public static String comparable(String name) {
        return name.replace("\0", "").strip().toLowerCase(Locale.ROOT);
    }

    private static ChatException invalid(String reason) {
        return new ChatException(ChatException.Kind.INVALID, reason);
    }
}
