package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.text.Texts;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies email addresses by a link that is sent to them. Thread-safe. */
public final class EmailVerification {
    private static final Logger log = LoggerFactory.getLogger(EmailVerification.class);

    private final AccountChanges changes;
    private final AccountEmails emails;
    private final Executor executor;
    private final Clock clock;

    public EmailVerification(AccountChanges changes, AccountEmails emails, Executor executor, Clock clock) {
        this.changes = changes;
        this.emails = emails;
        this.executor = executor;
        this.clock = clock;
    }

    /** Calls {@link #send} on the executor. A failure is logged; the user can request another link. */
    public void sendAsync(UserId user, Texts texts) {
        executor.execute(() -> {
            try {
                send(user, texts);
            } catch (ChatException unavailable) {
                log.warn("Could not create a verification email: {}", unavailable.getMessage());
            }
        });
    }

    public boolean isVerified(User user) {
        return changes.contact(user.id()).filter(Contact::verified).isPresent();
    }

    /**
     * Sends a link to the user's address, or, if the address is another user's, a note to that user. Does nothing if there
     * is no address or it is verified.
     */
    public void send(UserId user, Texts texts) {
        Optional<Contact> unverified = changes.contact(user).filter(contact -> !contact.verified());
        unverified.flatMap(Contact::email).ifPresent(address -> {
            Token token = Token.random();
            if (changes.storeToken(TokenPurpose.VERIFY, token.digest(), user, address, clock.instant())) {
                emails.sendVerification(texts, unverified.get(), address, token);
            } else {
                changes.contact(address)
                        .filter(owner -> !owner.user().id().equals(user))
                        .ifPresent(owner -> emails.sendAddressInUse(
                                texts,
                                owner,
                                owner.email().orElseThrow(),
                                unverified.get().user()));
            }
        });
    }

    /** The user whose address a link verifies. @throws ChatException NOT_FOUND for a link that is no longer valid */
    public Contact contactOf(String token) {
        return changes.contactOf(TokenPurpose.VERIFY, new Token(token).digest(), clock.instant())
                .orElseThrow(PasswordReset::expiredLink);
    }

    /** Marks the address as verified. @throws ChatException NOT_FOUND for a link that is no longer valid */
    public void confirm(String token) {
        if (!changes.verifyEmail(new Token(token).digest(), clock.instant())) {
            throw PasswordReset.expiredLink();
        }
    }
}
