package chat.klatsch.account;

import java.util.function.Supplier;

/** Writes the emails that the chat sends. */
final class AccountEmails {
    private static final String UNREQUESTED = "If you did not request this, you can ignore this e-mail.\n";

    private final Supplier<String> home;

    /**
     * @param home the chat's URL with a trailing slash. It comes from the settings and never from a request, as the
     *     sender of a request could otherwise choose where the link in somebody's email leads
     */
    AccountEmails(Supplier<String> home) {
        this.home = home;
    }

    Email verification(Contact contact, EmailAddress to, Token token) {
        return new Email(to, "Please confirm your e-mail address", """
                Hello %s,

                this e-mail address was added to your account at Klatsch. To confirm that it is
                yours, follow this link within 24 hours:

                %s

                %s""".formatted(
                        contact.user().username(), link("email/verify", token), UNREQUESTED));
    }

    Email passwordReset(Contact contact, EmailAddress to, Token token) {
        return new Email(
                to, "Choose a new password", """
                Hello %s,

                a new password was requested for your account at Klatsch. To choose one, follow
                this link within one hour:

                %s

                %s""".formatted(contact.user().username(), resetLink(token), UNREQUESTED));
    }

    String resetLink(Token token) {
        return link("password/reset", token);
    }

    /** The notice to the user's former address. */
    Email addressChanged(Contact contact, EmailAddress to) {
        return new Email(to, "Your e-mail address was changed", """
                Hello %s,

                the e-mail address of your account at Klatsch, %s, was changed.
                We will no longer write to this address.

                If you did not change it, somebody else knows your password. Change your password
                and your e-mail address here:
                %ssettings/account
                """.formatted(
                        contact.user().username(), home.get(), home.get()));
    }

    private String link(String path, Token token) {
        return home.get() + path + "?token=" + token.value();
    }
}
