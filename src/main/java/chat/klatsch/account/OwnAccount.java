package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.event.EventBus;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** What people change about their own account; each change asks for the password. Thread-safe. */
public final class OwnAccount {
    private final AccountStore store;
    private final AccountChanges changes;
    private final Passwords passwords;
    private final Verification verification;
    private final Mail mail;
    private final Letters letters;
    private final EventBus bus;
    private final Clock clock;

    /** @param home where the chat is on the web, with a slash at its end, as its settings say */
    public OwnAccount(
            AccountStore store,
            AccountChanges changes,
            Passwords passwords,
            Verification verification,
            Mail mail,
            Supplier<String> home,
            EventBus bus,
            Clock clock) {
        this.store = store;
        this.changes = changes;
        this.passwords = passwords;
        this.verification = verification;
        this.mail = mail;
        this.letters = new Letters(home);
        this.bus = bus;
        this.clock = clock;
    }

    /** @throws ChatException SIGNED_OUT when the account has been deleted meanwhile */
    public Contact contact(SignedIn signedIn) {
        return changes.contact(signedIn.user().id()).orElseThrow(OwnAccount::gone);
    }

    /** Says so at the old address, and sends the link to verify it to the new one. @throws ChatException FORBIDDEN for a wrong password, INVALID for the address they have, TAKEN for somebody else's */
    public void changeEmail(SignedIn signedIn, String password, EmailAddress address) {
        confirm(signedIn, password);
        Contact before = contact(signedIn);
        if (before.email()
                .map(EmailAddress::comparable)
                .filter(address.comparable()::equals)
                .isPresent()) {
            throw new ChatException(ChatException.Kind.INVALID, "This is your address already.");
        }
        changes.changeEmail(signedIn.user().id(), address);
        before.email().ifPresent(old -> mail.send(letters.goodbye(before, old)));
        verification.sendSoon(signedIn.user().id());
    }

    /** Ends all other sign-ins and their connections. @throws ChatException FORBIDDEN for a wrong old password */
    public void changePassword(SignedIn signedIn, String old, NewPassword password) {
        confirm(signedIn, old);
        changes.changePassword(signedIn.user().id(), passwords.hash(password.value()), signedIn.session())
                .forEach(session ->
                        bus.publish(new EventBus.Signal.Revoked(signedIn.user().id(), session)));
    }

    /** Only the messages stay. @throws ChatException FORBIDDEN for a wrong password, INVALID for the only operator */
    public void delete(SignedIn signedIn, String password) {
        confirm(signedIn, password);
        List<RoomId> groups = changes.delete(signedIn.user().id(), clock.instant());
        bus.publish(new EventBus.Signal.Revoked(signedIn.user().id(), null));
        groups.forEach(group -> bus.publish(new EventBus.Signal.Changed(group, null)));
    }

    private void confirm(SignedIn signedIn, String password) {
        String hash = store.credentials(signedIn.user().username())
                .orElseThrow(OwnAccount::gone)
                .passwordHash();
        if (!passwords.matches(password, hash)) {
            throw new ChatException(ChatException.Kind.FORBIDDEN, "This is not your password. Please try again.");
        }
    }

    private static ChatException gone() {
        return new ChatException(ChatException.Kind.SIGNED_OUT, "Please sign in first.");
    }
}
