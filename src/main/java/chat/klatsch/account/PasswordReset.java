package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.event.EventBus;
import chat.klatsch.text.Texts;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resets forgotten passwords by a link that is emailed to the user or issued by an operator. Thread-safe. */
public final class PasswordReset {
    private static final Logger log = LoggerFactory.getLogger(PasswordReset.class);

    private final AccountChanges changes;
    private final PasswordHasher passwords;
    private final PasswordStrength strength;
    private final AccountEmails emails;
    private final EventBus bus;
    private final Executor executor;
    private final Clock clock;

    public PasswordReset(
            AccountChanges changes,
            PasswordHasher passwords,
            PasswordStrength strength,
            AccountEmails emails,
            EventBus bus,
            Executor executor,
            Clock clock) {
        this.changes = changes;
        this.passwords = passwords;
        this.strength = strength;
        this.emails = emails;
        this.bus = bus;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Sends a link to the user with this address, if there is one. The email is created on the executor, so that the
     * requester's response takes the same time for known and unknown addresses.
     */
    public void send(EmailAddress address, Texts texts) {
        Optional<Contact> owner = changes.contact(address);
        executor.execute(() -> owner.ifPresent(contact -> send(contact, texts)));
    }

    private void send(Contact contact, Texts texts) {
        // The address as stored: the spelling in the request might reach another mailbox.
        EmailAddress address = contact.email().orElseThrow();
        Token token = Token.random();
        try {
            changes.storeToken(
                    TokenPurpose.RESET, token.digest(), contact.user().id(), address, clock.instant());
            emails.sendPasswordReset(texts, contact, address, token);
        } catch (ChatException unavailable) {
            log.warn("Could not create a password reset email: {}", unavailable.getMessage());
        }
    }

    /**
     * Issues a link that an operator gives to the user in person.
     *
     * @param secret at least 256 random bits, which the link contains
     * @param store stores the digest of the secret
     */
    public String issueLink(String secret, Consumer<String> store) {
        store.accept(new Token(secret).digest());
        return emails.resetLink(new Token(secret));
    }

    /** The user whose password a link resets. @throws ChatException NOT_FOUND for a link that is no longer valid */
    public Contact contactOf(String token) {
        return changes.contactOf(TokenPurpose.RESET, new Token(token).digest(), clock.instant())
                .orElseThrow(PasswordReset::expiredLink);
    }

    /**
     * Sets the password and ends all sessions.
     *
     * @throws ChatException NOT_FOUND for a link that is no longer valid, INVALID for a weak password
     */
    public void reset(String token, NewPassword password, Requester requester) {
        // Checked first, so that only a valid link causes the cost of hashing.
        Contact contact = contactOf(token);
        strength.requireStrong(
                password.value(), contact.user().username(), contact.email().map(EmailAddress::value));
        bus.publish(new EventBus.Event.SessionsRevoked(
                changes.resetPassword(
                                new Token(token).digest(), passwords.hash(password.value(), requester), clock.instant())
                        .orElseThrow(PasswordReset::expiredLink),
                null));
    }

    static ChatException expiredLink() {
        return new ChatException(ChatException.Kind.NOT_FOUND, "refusal.link.expired");
    }
}
