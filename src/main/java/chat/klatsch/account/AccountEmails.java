package chat.klatsch.account;

import chat.klatsch.core.User;
import chat.klatsch.text.Languages;
import chat.klatsch.text.Texts;
import java.util.function.Supplier;

/** Writes and sends the emails about accounts, each in the language that its reader has chosen, or else in that of the request. Thread-safe. */
public final class AccountEmails {
    private final Languages languages;
    private final MailSender mail;
    private final Supplier<String> home;
    private final Supplier<String> siteName;

    /**
     * @param home the chat's URL with a trailing slash. It comes from the settings and never from a request, as the
     *     sender of a request could otherwise choose where the link in another user's email leads
     * @param siteName the chat's name
     */
    public AccountEmails(Languages languages, MailSender mail, Supplier<String> home, Supplier<String> siteName) {
        this.languages = languages;
        this.mail = mail;
        this.home = home;
        this.siteName = siteName;
    }

    void sendVerification(Texts texts, Contact contact, EmailAddress to, Token token) {
        send(texts, contact, to, "mail.verify", siteName.get(), link("email/verify", token));
    }

    void sendPasswordReset(Texts texts, Contact contact, EmailAddress to, Token token) {
        send(texts, contact, to, "mail.reset", siteName.get(), resetLink(token));
    }

    /** @param other the user who has given the address as theirs */
    void sendAddressInUse(Texts texts, Contact contact, EmailAddress to, User other) {
        send(texts, contact, to, "mail.in.use", siteName.get(), other.username(), home.get() + "password/forgot");
    }

    /** @param to the user's former address */
    void sendAddressChanged(Texts texts, Contact contact, EmailAddress to) {
        send(texts, contact, to, "mail.changed", siteName.get(), home.get(), home.get() + "settings/account");
    }

    String resetLink(Token token) {
        return link("password/reset", token);
    }

    private void send(Texts requested, Contact contact, EmailAddress to, String key, Object... parts) {
        Texts texts = languages.of(contact.language(), requested.tag());
        String greeting = texts.of("mail.greeting", contact.user().username());
        mail.send(new Email(to, texts.of(key + ".subject"), greeting + "\n\n" + texts.of(key, parts) + "\n"));
    }

    private String link(String path, Token token) {
        return home.get() + path + "?token=" + token.value();
    }
}
