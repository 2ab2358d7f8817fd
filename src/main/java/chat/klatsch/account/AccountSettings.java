package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.event.EventBus;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** What people change about their own account; each change asks for the password. Thread-safe. */
public final class AccountSettings {
    private final AccountStore store;
    private final AccountChanges changes;
    private final PasswordHasher passwords;
    private final EmailVerification emailVerification;
    private final MailSender mail;
    private final AccountEmails emails;
    private final EventBus bus;
    private final Clock clock;

    /** @param home where the chat is on the web, with a slash at its end, as its settings say */
    public AccountSettings(
            AccountStore store,
            AccountChanges changes,
            PasswordHasher passwords,
            EmailVerification emailVerification,
            MailSender mail,
            Supplier<String> home,
            EventBus bus,
            Clock clock) {
        this.store = store;
        this.changes = changes;
        this.passwords = passwords;
        this.emailVerification = emailVerification;
        this.mail = mail;
        this.emails = new AccountEmails(home);
        this.bus = bus;
        this.clock = clock;
    }

    /** @throws ChatException SIGNED_OUT when the account has been deleted meanwhile */
    public Contact contact(Session session) {
        return changes.contact(session.user().id()).orElseThrow(AccountSettings::gone);
    }

    /** Says so at the old address, and sends the link to verify it to the new one. @throws ChatException FORBIDDEN for a wrong password, INVALID for the address they have, TAKEN for somebody else's */
    public void changeEmail(Session session, String password, EmailAddress address) {
        confirm(session, password);
        Contact before = contact(session);
        if (before.email()
                .map(EmailAddress::comparable)
                .filter(address.comparable()::equals)
                .isPresent()) {
            throw new ChatException(ChatException.Kind.INVALID, "This is your address already.");
        }
        changes.changeEmail(session.user().id(), address);
        before.email().ifPresent(old -> mail.send(emails.goodbye(before, old)));
        emailVerification.sendSoon(session.user().id());
    }

    /** Ends all other sign-ins and their connections. @throws ChatException FORBIDDEN for a wrong old password */
    public void changePassword(Session session, String old, NewPassword password) {
        confirm(session, old);
        changes.changePassword(session.user().id(), passwords.hash(password.value()), session.id())
                .forEach(ended -> bus.publish(
                        new EventBus.Event.SessionsRevoked(session.user().id(), ended)));
    }

    /** Only the messages stay. @throws ChatException FORBIDDEN for a wrong password, INVALID for the only operator */
    public void delete(Session session, String password) {
        confirm(session, password);
        List<RoomId> groups = changes.delete(session.user().id(), clock.instant());
        bus.publish(new EventBus.Event.SessionsRevoked(session.user().id(), null));
        groups.forEach(group -> bus.publish(new EventBus.Event.RoomChanged(group, null)));
    }

    private void confirm(Session session, String password) {
        String hash = store.credentials(session.user().username())
                .orElseThrow(AccountSettings::gone)
                .passwordHash();
        if (!passwords.matches(password, hash)) {
            throw new ChatException(ChatException.Kind.FORBIDDEN, "This is not your password. Please try again.");
        }
    }

    private static ChatException gone() {
        return new ChatException(ChatException.Kind.SIGNED_OUT, "Please sign in first.");
    }
}
