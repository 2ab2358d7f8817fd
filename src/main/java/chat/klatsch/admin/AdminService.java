package chat.klatsch.admin;

import chat.klatsch.account.PasswordReset;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.Slice;
import chat.klatsch.core.User;
import chat.klatsch.event.EventBus;
import java.time.Clock;
import java.util.Optional;

/**
 * The operators' view of the chat and their actions, each of which is recorded in the audit log. The first user to sign
 * up is an operator and can appoint others. Operators can dismiss each other but have no other power over each other,
 * and they neither see nor change private chats. Thread-safe.
 */
public final class AdminService {
    private static final int PAGE = 50;
    private static final int MAX_NOTE_LENGTH = 200;

    private final AdminQueries queries;
    private final AdminStore store;
    private final PasswordReset passwordReset;
    private final CurrentSiteName siteName;
    private final EventBus bus;
    private final Clock clock;

    public AdminService(
            AdminQueries queries,
            AdminStore store,
            PasswordReset passwordReset,
            CurrentSiteName siteName,
            EventBus bus,
            Clock clock) {
        this.queries = queries;
        this.store = store;
        this.passwordReset = passwordReset;
        this.siteName = siteName;
        this.bus = bus;
        this.clock = clock;
    }

    public boolean isOperator(User user) {
        return queries.isOperator(user.id());
    }

    /** A page of {@link AdminQueries#users}. */
    public Slice<AdminUser> users(String name, String after) {
        return Slice.of(queries.users(name, after, PAGE + 1), PAGE);
    }

    /** A page of {@link AdminQueries#rooms}. */
    public Slice<AdminRoom> rooms(Optional<RoomId> after) {
        return Slice.of(queries.rooms(after, PAGE + 1), PAGE);
    }

    /** The name of the lobby or a group. */
    public Optional<String> roomName(RoomId room) {
        return queries.roomName(room);
    }

    /** A message in the lobby or a group that is not deleted. */
    public Optional<AdminMessage> message(AdminMessage.Id id) {
        return queries.message(id);
    }

    /** A page of {@link AdminQueries#messages}. */
    public Slice<AdminMessage> messages(Optional<AdminMessage.Id> before) {
        return Slice.of(queries.messages(before, PAGE + 1), PAGE);
    }

    /**
     * A page of the audit log, newest entries first. The actions of room owners, of whom there may be many, are apart from
     * those of operators.
     */
    public Slice<AuditEntry> auditEntries(boolean byOperators, long before) {
        return Slice.of(queries.auditEntries(byOperators, before, PAGE + 1), PAGE);
    }

    /**
     * Ends all sessions and connections of a user and refuses new ones. The user's messages stay.
     *
     * @param note the reason, shown to operators
     * @throws ChatException INVALID for an operator, and for a note of more than 200 characters
     */
    public void ban(User operator, User user, String note) {
        String reason = NormalText.line(note);
        if (reason.codePointCount(0, reason.length()) > MAX_NOTE_LENGTH) {
            throw ChatException.invalid("refusal.reason.long", MAX_NOTE_LENGTH);
        }
        store.ban(operator.id(), user.id(), reason, clock.instant());
        // Waiting may fail, and the ban is there already.
        bus.publish(new EventBus.Event.SessionsRevoked(user.id(), null));
        store.awaitWrites(user.id());
    }

    public void unban(User operator, User user) {
        store.unban(operator.id(), user.id(), clock.instant());
    }

    /** Makes a user an operator. @throws ChatException INVALID for a banned user */
    public void appoint(User operator, User user) {
        store.appoint(operator.id(), user.id(), clock.instant());
    }

    /** Takes the operator role from a user. @throws ChatException INVALID for the only operator */
    public void dismiss(User operator, User user) {
        store.dismiss(operator.id(), user.id(), clock.instant());
    }

    /**
     * Returns a link with which the user can set a new password, once and for a limited time, and which ends all of the
     * user's sessions when used. It is stored nowhere; the operator gives it to the user.
     *
     * @param secret at least 256 random bits, which the link contains
     * @throws ChatException INVALID for an operator or a banned user
     */
    public String resetLink(User operator, User user, String secret) {
        return passwordReset.issueLink(
                secret, token -> store.storeResetToken(operator.id(), user.id(), token, clock.instant()));
    }

    /** Returns the link that was issued with this secret. */
    public String resetLink(String secret) {
        return passwordReset.issueLink(secret, stored -> {});
    }

    /** Names the chat, on its pages and in its emails. */
    public void rename(User operator, SiteName name) {
        store.rename(operator.id(), name, clock.instant());
        siteName.set(name);
    }

    /** Changes an open group to one that only invited users can join. */
    public void close(User operator, RoomId room) {
        store.close(operator.id(), room, clock.instant());
        bus.publish(new EventBus.Event.RoomChanged(room, null));
    }

    /** Makes the operator the owner of a group. @throws ChatException INVALID for a group that has an owner */
    public void takeOver(User operator, RoomId room) {
        store.takeOver(operator.id(), room, clock.instant());
        bus.publish(new EventBus.Event.RoomChanged(room, operator.id()));
    }

    /** Deletes a group and all its messages permanently. */
    public void delete(User operator, RoomId room) {
        store.delete(operator.id(), room, clock.instant());
        bus.publish(new EventBus.Event.RoomChanged(room, null));
    }

    /** Deletes a message in the lobby or a group. @throws ChatException NOT_FOUND for any other message */
    public void delete(User operator, AdminMessage.Id message) {
        long version = store.delete(operator.id(), message, clock.instant());
        bus.publish(new EventBus.Event.RoomUpdated(message.room(), version));
    }
}
