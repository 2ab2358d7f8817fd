package chat.klatsch.account;

import chat.klatsch.core.User;
import java.util.Locale;
import java.util.function.Supplier;

/** Writes and sends the emails about accounts. Thread-safe. */
public final class AccountEmails {
    private static final String UNREQUESTED = "If you did not request this, you can ignore this email.\n";

    private final MailSender mail;
    private final Supplier<String> home;

    /**
     * @param home the chat's URL with a trailing slash. It comes from the settings and never from a request, as the
     *     sender of a request could otherwise choose where the link in another user's email leads
     */
    public AccountEmails(MailSender mail, Supplier<String> home) {
        this.mail = mail;
        this.home = home;
    }

    void sendVerification(Contact contact, EmailAddress to, Token token) {
        send(contact, to, "Please confirm your email address", """
                this email address was added to your account at Klatsch. To confirm that it is
                yours, follow this link within 24 hours:

                %s

                %s""", link("email/verify", token), UNREQUESTED);
    }

    void sendPasswordReset(Contact contact, EmailAddress to, Token token) {
        send(contact, to, "Choose a new password", """
                a new password was requested for your account at Klatsch. To choose one, follow
                this link within one hour:

                %s

                %s""", resetLink(token), UNREQUESTED);
    }

    /** @param other the user who has given the address as theirs */
    void sendAddressInUse(Contact contact, EmailAddress to, User other) {
        send(contact, to, "Your email address was used for another account", """
                somebody has given this email address for a new account at Klatsch, %s. The
                address remains that of your account.

                If it was you, sign in to your own account, with this address if you have forgotten
                your username. If you have forgotten your password, choose a new one here:
                %spassword/forgot

                If it was not you, you can ignore this email.
                """, other.username(), home.get());
    }

    /** @param to the user's former address */
    void sendAddressChanged(Contact contact, EmailAddress to) {
        send(contact, to, "Your email address was changed", """
                the email address of your account at Klatsch, %1$s, was changed.
                We will no longer write to this address.

                If you did not change it, someone else may know your password. Change your password
                and your email address here:
                %1$ssettings/account
                """, home.get());
    }

    String resetLink(Token token) {
        return link("password/reset", token);
    }

    private void send(Contact contact, EmailAddress to, String subject, String text, String... parts) {
        String greeting = "Hello " + contact.user().username() + ",\n\n";
        mail.send(new Email(to, subject, greeting + String.format(Locale.ROOT, text, (Object[]) parts)));
    }

    private String link(String path, Token token) {
        return home.get() + path + "?token=" + token.value();
    }
}
