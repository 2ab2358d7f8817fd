package chat.klatsch.account;

import chat.klatsch.room.ChatException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What somebody typed to get an account, found acceptable. The e-mail address is optional; blank means none. */
public record NewAccount(String username, String password, Optional<String> email) {
    private static final Pattern USERNAME = Pattern.compile("(?=.*[A-Za-z0-9])[A-Za-z0-9_.-]{2,32}");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@\\p{Cntrl}\\p{Cs}]{1,64}@[^\\s@\\p{Cntrl}\\p{Cs}]{1,189}");
    private static final int LONGEST_EMAIL = 254;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 200;

    /** @throws ChatException INVALID with what is wrong */
    public NewAccount {
        username = username.strip();
        email = email.map(String::strip).filter(address -> !address.isEmpty());
        if (!USERNAME.matcher(username).matches()) {
            throw invalid("A username has 2 to 32 letters (a to z), digits, dots, dashes or underscores.");
        }
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw invalid("A password has %d to %d characters.".formatted(SHORTEST_PASSWORD, LONGEST_PASSWORD));
        }
        // In small letters, some are two.
        if (email.isPresent()
                && (!EMAIL.matcher(email.get()).matches()
                        || comparable(email.get()).length() > LONGEST_EMAIL)) {
            throw invalid("This does not look like an e-mail address.");
        }
    }

    /** The form in which usernames and e-mail addresses are compared: without case. */
    public static String comparable(String name) {
        return name.replace("\0", "").strip().toLowerCase(Locale.ROOT);
    }

    private static ChatException invalid(String reason) {
        return new ChatException(ChatException.Kind.INVALID, reason);
    }
}
