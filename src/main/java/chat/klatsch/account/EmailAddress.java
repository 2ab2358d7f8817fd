package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.DomainName;
import chat.klatsch.core.NormalText;
import java.util.regex.Pattern;

/**
 * The address of one mailbox, valid by the rules of an HTML email field: ASCII without spaces or any character that is
 * special in a mail header. Keeps the case in which it was entered, except in an internationalised domain.
 */
public record EmailAddress(String value) {
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern MAILBOX = Pattern.compile(
            "(?=[^@]{1,64}@)(?=.{3,254}\\z)" + ATOM + "(\\." + ATOM + ")*@" + LABEL + "(\\." + LABEL + ")*");

    /** Writes an internationalised domain in ASCII. @throws ChatException INVALID for anything but one mailbox */
    public EmailAddress {
        value = normal(value);
        if (!isMailbox(value)) {
            throw ChatException.invalid("refusal.email");
        }
    }

    /** Returns what a user typed as an address in its normal form, and any other text as it is but for the ends. */
    static String normal(String typed) {
        String address = NormalText.name(typed);
        int at = address.lastIndexOf('@');
        return at < 0 ? address : address.substring(0, at + 1) + DomainName.toAscii(address.substring(at + 1));
    }

    /** Returns whether the text is valid as it stands, without stripping. */
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
