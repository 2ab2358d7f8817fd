package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import java.util.regex.Pattern;

/**
 * One plain mailbox, as it was typed, by the rules by which browsers judge an e-mail field: ASCII without blanks, and
 * nothing in it that means something in the header of a letter.
 */
public record EmailAddress(String value) {
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern MAILBOX =
            Pattern.compile("(?=[^@]{1,64}@)(?=.{3,254}\\z)%1$s(\\.%1$s)*@%2$s(\\.%2$s)*".formatted(ATOM, LABEL));

    /** Without blanks around it. @throws ChatException INVALID for anything but one mailbox */
    public EmailAddress {
        value = value.strip();
        if (!isMailbox(value)) {
            throw new ChatException(ChatException.Kind.INVALID, "This does not look like an e-mail address.");
        }
    }

    /** Whether this is a mailbox as it stands. */
    public static boolean isMailbox(String text) {
        return MAILBOX.matcher(text).matches();
    }

    /** The form in which addresses are compared. */
    public String comparable() {
        return NewAccount.comparable(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
