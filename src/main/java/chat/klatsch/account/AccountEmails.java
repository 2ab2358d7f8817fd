package chat.klatsch.account;

import java.util.function.Supplier;

/** What the chat writes to people. */
final class AccountEmails {
    private static final String UNASKED =
            "If you do not know why you get this letter, ignore it; nothing happens then.\n";

    private final Supplier<String> home;

    /**
     * @param home where the chat is on the web, with a slash at its end: from its settings, never from a request, for
     *     else whoever asks for a letter to somebody could choose where the link in it leads
     */
    AccountEmails(Supplier<String> home) {
        this.home = home;
    }

    Email emailVerification(Contact contact, EmailAddress to, Token token) {
        return new Email(to, "Please confirm your e-mail address", """
                Hello %s,

                this address was given for your account at Klatsch. To confirm that it is yours,
                follow this link within 24 hours:

                %s

                %s""".formatted(
                        contact.user().username(), link("email/verify", token), UNASKED));
    }

    Email reset(Contact contact, EmailAddress to, Token token) {
        return new Email(
                to, "Choose a new password", """
                Hello %s,

                somebody, most likely you, has asked for a new password for your account at Klatsch.
                To choose one, follow this link within one hour:

                %s

                %s""".formatted(contact.user().username(), resetLink(token), UNASKED));
    }

    String resetLink(Token token) {
        return link("password/reset", token);
    }

    /** To the address that was the person's until now. */
    Email goodbye(Contact contact, EmailAddress to) {
        return new Email(to, "Your e-mail address was changed", """
                Hello %s,

                your account at Klatsch, %s, has another e-mail address from now on.
                We do not write to this one any more.

                If that was not you, somebody knows your password. Change it, and the address back:
                %ssettings/account
                """.formatted(
                        contact.user().username(), home.get(), home.get()));
    }

    private String link(String path, Token token) {
        return home.get() + path + "?token=" + token.value();
    }
}
