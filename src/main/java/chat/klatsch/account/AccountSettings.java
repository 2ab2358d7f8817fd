package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.event.EventBus;
import chat.klatsch.text.Texts;
import java.time.Clock;
import java.util.List;

/** Changes the account of a signed-in user, who confirms each change with the password. Thread-safe. */
public final class AccountSettings {
    private final AccountStore store;
    private final AccountChanges changes;
    private final PasswordHasher passwords;
    private final PasswordStrength strength;
    private final EmailVerification emailVerification;
    private final AccountEmails emails;
    private final EventBus bus;
    private final Clock clock;

    public AccountSettings(
            AccountStore store,
            AccountChanges changes,
            PasswordHasher passwords,
            PasswordStrength strength,
            EmailVerification emailVerification,
            AccountEmails emails,
            EventBus bus,
            Clock clock) {
        this.store = store;
        this.changes = changes;
        this.passwords = passwords;
        this.strength = strength;
        this.emailVerification = emailVerification;
        this.emails = emails;
        this.bus = bus;
        this.clock = clock;
    }

    /** @throws ChatException SIGNED_OUT if the account has been deleted */
    public Contact contact(Session session) {
        return changes.contact(session.user().id()).orElseThrow(AccountSettings::deleted);
    }

    /**
     * Changes the address, notifies the old one, and sends a verification link to the new one.
     *
     * @throws ChatException FORBIDDEN for a wrong password, INVALID for the current address, TAKEN for another user's
     */
    public void changeEmail(Session session, String password, EmailAddress address, Requester requester, Texts texts) {
        confirm(session, password, requester);
        Contact before = contact(session);
        if (before.email()
                .map(EmailAddress::comparable)
                .filter(address.comparable()::equals)
                .isPresent()) {
            throw ChatException.invalid("refusal.email.same");
        }
        changes.changeEmail(session.user().id(), address);
        before.email().ifPresent(old -> emails.sendAddressChanged(texts, before, old));
        emailVerification.sendAsync(session.user().id(), texts);
    }

    /**
     * Changes the password and ends all other sessions. Does nothing if the new password is set already, as it is when a
     * form is sent twice.
     *
     * @throws ChatException FORBIDDEN for a wrong old password, INVALID for a weak new one
     */
    public void changePassword(Session session, String old, NewPassword password, Requester requester) {
        strength.requireStrong(
                password.value(),
                session.user().username(),
                contact(session).email().map(EmailAddress::value));
        if (!isPassword(session, old, requester)) {
            if (isPassword(session, password.value(), requester)) {
                return;
            }
            throw wrongPassword();
        }
        changes.changePassword(session.user().id(), passwords.hash(password.value(), requester), session.id())
                .forEach(ended -> bus.publish(
                        new EventBus.Event.SessionsRevoked(session.user().id(), ended)));
    }

    /**
     * Deletes the account and keeps its messages.
     *
     * @throws ChatException FORBIDDEN for a wrong password, INVALID for the only operator
     */
    public void delete(Session session, String password, Requester requester) {
        confirm(session, password, requester);
        delete(session.user());
    }

    /** Deletes an account for a program. Otherwise like {@link #delete(Session, String, Requester)}. */
    public void delete(User user) {
        List<RoomId> groups = changes.delete(user.id(), clock.instant());
        bus.publish(new EventBus.Event.SessionsRevoked(user.id(), null));
        bus.publish(new EventBus.Event.UserRenamed(user.id()));
        groups.forEach(group -> bus.publish(new EventBus.Event.RoomChanged(group, null)));
    }

    private void confirm(Session session, String password, Requester requester) {
        if (!isPassword(session, password, requester)) {
            throw wrongPassword();
        }
    }

    private static ChatException wrongPassword() {
        return new ChatException(ChatException.Kind.FORBIDDEN, "refusal.password.wrong");
    }

    private boolean isPassword(Session session, String password, Requester requester) {
        return passwords.accepts(password, credentials(session).passwordHash(), requester);
    }

    /** @throws ChatException SIGNED_OUT if the account has been deleted */
    public AccountStore.Credentials credentials(Session session) {
        return store.credentials(session.user().username()).orElseThrow(AccountSettings::deleted);
    }

    private static ChatException deleted() {
        return new ChatException(ChatException.Kind.SIGNED_OUT, "refusal.signed.out");
    }
}
