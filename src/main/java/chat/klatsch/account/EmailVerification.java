package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets people show that an address is theirs, by a link that is sent there. Thread-safe. */
public final class EmailVerification {
    private static final Logger log = LoggerFactory.getLogger(EmailVerification.class);

    private final AccountChanges changes;
    private final MailSender mail;
    private final AccountEmails emails;
    private final Executor executor;
    private final Clock clock;

    /** @param home where the chat is on the web, with a slash at its end, as its settings say */
    public EmailVerification(
            AccountChanges changes, MailSender mail, Supplier<String> home, Executor executor, Clock clock) {
        this.changes = changes;
        this.mail = mail;
        this.emails = new AccountEmails(home);
        this.executor = executor;
        this.clock = clock;
    }

    /** As {@link #send}, later: what came before is done, whether or not this succeeds; the person can ask again. */
    public void sendSoon(UserId user) {
        executor.execute(() -> {
            try {
                send(user);
            } catch (ChatException unavailable) {
                log.warn("A letter to verify an address was not written: {}", unavailable.reason());
            }
        });
    }

    /** Whether this person has shown that their address is theirs. */
    public boolean isVerified(User user) {
        return changes.contact(user.id()).filter(Contact::verified).isPresent();
    }

    /** Sends the link to the person's address, unless they have none or it is verified. */
    public void send(UserId user) {
        Optional<Contact> unverified = changes.contact(user).filter(contact -> !contact.verified());
        unverified.flatMap(Contact::email).ifPresent(address -> {
            Token token = Token.next();
            changes.allow(TokenPurpose.VERIFY, token.digest(), user, address, clock.instant());
            mail.send(emails.emailVerification(unverified.get(), address, token));
        });
    }

    /** Whose address the link is about. @throws ChatException NOT_FOUND when it does not work any more */
    public Contact pending(String token) {
        return changes.allowed(TokenPurpose.VERIFY, new Token(token).digest(), clock.instant())
                .orElseThrow(PasswordReset::deadLink);
    }

    /** @throws ChatException NOT_FOUND when the link does not work any more */
    public void confirm(String token) {
        if (!changes.verify(new Token(token).digest(), clock.instant())) {
            throw PasswordReset.deadLink();
        }
    }
}
