package chat.klatsch.account;

import chat.klatsch.core.User;
import java.util.Locale;
import java.util.function.Supplier;

/** Writes and sends the emails about accounts. Thread-safe. */
public final class AccountEmails {
    private static final String UNREQUESTED = "If you did not request this, you can ignore this email.\n";

    private final MailSender mail;
    private final Supplier<String> home;
    private final Supplier<String> siteName;

    /**
     * @param home the chat's URL with a trailing slash. It comes from the settings and never from a request, as the
     *     sender of a request could otherwise choose where the link in another user's email leads
     * @param siteName the chat's name
     */
    public AccountEmails(MailSender mail, Supplier<String> home, Supplier<String> siteName) {
        this.mail = mail;
        this.home = home;
        this.siteName = siteName;
    }

    void sendVerification(Contact contact, EmailAddress to, Token token) {
        send(
                contact,
                to,
                "Please confirm your email address",
                """
                This email address was added to your account at %s.
                To confirm that it is yours, follow this link within 24 hours:

                %s

                %s""",
                siteName.get(),
                link("email/verify", token),
                UNREQUESTED);
    }

    void sendPasswordReset(Contact contact, EmailAddress to, Token token) {
        send(contact, to, "Set a new password", """
                A new password was requested for your account at %s.
                To choose one, follow this link within one hour:

                %s

                %s""", siteName.get(), resetLink(token), UNREQUESTED);
    }

    /** @param other the user who has given the address as theirs */
    void sendAddressInUse(Contact contact, EmailAddress to, User other) {
        send(
                contact,
                to,
                "Your email address was used for another account",
                """
                Somebody has given this email address for a new account at %s,
                named %s. The address remains that of your account.

                If it was you, sign in to your own account, with this address if you have forgotten
                your username. If you have forgotten your password, choose a new one here:
                %spassword/forgot

                If it was not you, you can ignore this email.
                """,
                siteName.get(),
                other.username(),
                home.get());
    }

    /** @param to the user's former address */
    void sendAddressChanged(Contact contact, EmailAddress to) {
        send(contact, to, "Your email address was changed", """
                The email address of your account at %2$s, %1$s, was changed.
                We will no longer write to this address.

                If you did not change it, someone else may know your password. Change your password
                and your email address here:
                %1$ssettings/account
                """, home.get(), siteName.get());
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
