package chat.klatsch.admin;

import chat.klatsch.account.PasswordReset;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.Slice;
import chat.klatsch.core.User;
import chat.klatsch.event.EventBus;
import java.time.Clock;
import java.util.Optional;

/**
 * What operators see and do. The first who signs up is one; they appoint others. They have no power over each other but
 * to dismiss, and none over private chats, which they cannot see. Thread-safe.
 */
public final class AdminService {
    private static final int PAGE = 50;
    private static final int LONGEST_NOTE = 200;

    private final AdminQueries register;
    private final AdminStore store;
    private final PasswordReset passwordReset;
    private final EventBus bus;
    private final Clock clock;

    public AdminService(
            AdminQueries register, AdminStore store, PasswordReset passwordReset, EventBus bus, Clock clock) {
        this.register = register;
        this.store = store;
        this.passwordReset = passwordReset;
        this.bus = bus;
        this.clock = clock;
    }

    public boolean isOperator(User user) {
        return register.isOperator(user.id());
    }

    /** People by username, after that one, whose username or display name has this in it. */
    public Slice<AdminUser> people(String name, String after) {
        return Slice.of(register.people(name, after, PAGE + 1), PAGE);
    }

    /** The public room and groups by their names, after that one. */
    public Slice<AdminRoom> rooms(Optional<RoomId> after) {
        return Slice.of(register.rooms(after, PAGE + 1), PAGE);
    }

    /** Messages in them, the newest first, before that one. */
    public Slice<AdminMessage> messages(Optional<AdminMessage.Place> before) {
        return Slice.of(register.messages(before, PAGE + 1), PAGE);
    }

    /** What has been done, the newest first, before that. */
    public Slice<AuditEntry> deeds(long before) {
        return Slice.of(register.deeds(before, PAGE + 1), PAGE);
    }

    /**
     * Ends all sign-ins and connections of somebody, everywhere, and lets them in no more. What they have written stays.
     *
     * @param note why, for the other operators
     * @throws ChatException INVALID for operators, oneself among them, and for a note that is too long
     */
    public void ban(User operator, User user, String note) {
        String why = note.strip();
        if (why.codePointCount(0, why.length()) > LONGEST_NOTE || why.indexOf('\0') >= 0) {
            throw new ChatException(ChatException.Kind.INVALID, "A note has at most " + LONGEST_NOTE + " characters.");
        }
        store.ban(operator.id(), user.id(), why, clock.instant());
        bus.publish(new EventBus.Event.SessionsRevoked(user.id(), null));
    }

    public void unban(User operator, User user) {
        store.unban(operator.id(), user.id(), clock.instant());
    }

    /** @throws ChatException INVALID for somebody who is banned */
    public void appoint(User operator, User user) {
        store.appoint(operator.id(), user.id(), clock.instant());
    }

    /** @throws ChatException INVALID for the only operator */
    public void dismiss(User operator, User user) {
        store.dismiss(operator.id(), user.id(), clock.instant());
    }

    /**
     * A link by which somebody chooses a new password, once and soon; kept nowhere else. It is for the operator to hand
     * over, and ends all sign-ins when it is used.
     *
     * @throws ChatException INVALID for operators and the banned
     */
    public String resetLink(User operator, User user) {
        return passwordReset.handOver(token -> store.allowReset(operator.id(), user.id(), token, clock.instant()));
    }

    /** Lets nobody into a group any more who is not invited. */
    public void close(User operator, RoomId room) {
        store.close(operator.id(), room, clock.instant());
        bus.publish(new EventBus.Event.RoomChanged(room, null));
    }

    /** Makes a group the operator's. @throws ChatException INVALID while its owner is there */
    public void takeOver(User operator, RoomId room) {
        store.takeOver(operator.id(), room, clock.instant());
        bus.publish(new EventBus.Event.RoomChanged(room, operator.id()));
    }

    /** A group and everything said in it, for good. */
    public void delete(User operator, RoomId room) {
        store.delete(operator.id(), room, clock.instant());
        bus.publish(new EventBus.Event.RoomChanged(room, null));
    }

    /** A message in the public room or a group. @throws ChatException NOT_FOUND for any other */
    public void delete(User operator, AdminMessage.Place place) {
        long version = store.delete(operator.id(), place, clock.instant());
        bus.publish(new EventBus.Event.RoomUpdated(place.room(), version));
    }
}
