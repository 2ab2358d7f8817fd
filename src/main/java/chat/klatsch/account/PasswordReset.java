package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.event.EventBus;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets people in again who have forgotten their password, by a link that is sent to their address. Thread-safe. */
public final class PasswordReset {
    private static final Logger log = LoggerFactory.getLogger(PasswordReset.class);

    private final AccountChanges changes;
    private final PasswordHasher passwords;
    private final MailSender mail;
    private final AccountEmails emails;
    private final EventBus bus;
    private final Executor executor;
    private final Clock clock;

    /** @param home where the chat is on the web, with a slash at its end, as its settings say */
    public PasswordReset(
            AccountChanges changes,
            PasswordHasher passwords,
            MailSender mail,
            Supplier<String> home,
            EventBus bus,
            Executor executor,
            Clock clock) {
        this.changes = changes;
        this.passwords = passwords;
        this.mail = mail;
        this.emails = new AccountEmails(home);
        this.bus = bus;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Sends the link to whoever has this address. The caller does the same work whether or not somebody has; the rest is
     * done after the answer.
     */
    public void send(EmailAddress address) {
        Optional<Contact> owner = changes.contact(address);
        executor.execute(() -> owner.ifPresent(this::send));
    }

    private void send(Contact contact) {
        // To the address as the person wrote it, not as whoever asks has.
        EmailAddress address = contact.email().orElseThrow();
        Token token = Token.next();
        try {
            changes.allow(TokenPurpose.RESET, token.digest(), contact.user().id(), address, clock.instant());
            mail.send(emails.reset(contact, address, token));
        } catch (ChatException unavailable) {
            log.warn("A letter for a new password was not written: {}", unavailable.reason());
        }
    }

    /**
     * A link that is not sent but handed over.
     *
     * @param keep where the digest of its token is kept
     */
    public String handOver(Consumer<String> keep) {
        Token token = Token.next();
        keep.accept(token.digest());
        return emails.resetLink(token);
    }

    /** Who may choose a new password. @throws ChatException NOT_FOUND when the link does not work any more */
    public Contact pending(String token) {
        return changes.allowed(TokenPurpose.RESET, new Token(token).digest(), clock.instant())
                .orElseThrow(PasswordReset::deadLink);
    }

    /** Changes the password and ends all sign-ins. @throws ChatException NOT_FOUND when the link does not work any more */
    public void reset(String token, NewPassword password) {
        // Nobody makes the chat hash without a link that works.
        pending(token);
        bus.publish(new EventBus.Event.SessionsRevoked(
                changes.resetPassword(new Token(token).digest(), passwords.hash(password.value()), clock.instant())
                        .orElseThrow(PasswordReset::deadLink),
                null));
    }

    static ChatException deadLink() {
        return new ChatException(
                ChatException.Kind.NOT_FOUND,
                "It has been used already, its time is over, or it is not complete. You can ask for a new one.");
    }
}
