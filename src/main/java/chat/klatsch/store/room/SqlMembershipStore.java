package chat.klatsch.store.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.MembershipStore;
import chat.klatsch.room.NotificationLevel;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.OperatorRows;
import chat.klatsch.store.Queries;
import chat.klatsch.store.RoomLock;
import chat.klatsch.store.UserRows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Stores the members of rooms. Thread-safe. */
public final class SqlMembershipStore implements MembershipStore {
    private final Database database;

    public SqlMembershipStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean join(RoomId room, UserId user, Instant now) {
        return join(room, user, now, handle -> {});
    }

    @Override
    public boolean admit(RoomId room, UserId user, String invitation, Instant now) {
        return join(room, user, now, handle -> {
            if (InvitationRows.isInvited(handle, room, user, now)) {
                return;
            }
            String sql = "select 1 from rooms where id = ? and (kind = 'open' or invitation = ? and invited_until > ?)";
            if (!Queries.exists(handle, sql, room.value(), invitation, now)) {
                throw ChatException.roomNotFound();
            }
            InvitationRows.refuseRemoved(handle, room, user);
        });
    }

    private boolean join(RoomId room, UserId user, Instant now, Consumer<Handle> check) {
        try {
            return database.inTransaction(handle -> {
                RoomLock.lock(handle, room);
                check.accept(handle);
                MemberRows.add(handle, room, user, now);
                return true;
            });
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public boolean leave(RoomId room, UserId user, Instant now) {
        return database.inTransaction(handle -> {
            if (RoomLock.lock(handle, room).equals(Optional.of(user))) {
                throw Room.ownerStays();
            }
            return MemberRows.remove(handle, room, user, now);
        });
    }

    @Override
    public boolean remove(UserId owner, RoomId room, UserId user, Instant now) {
        String sql = "update rooms set invitation = null, invited_until = null where id = ?";
        return database.inTransaction(handle -> {
            if (RoomLock.lockAs(handle, owner, room).equals(Optional.of(user))) {
                throw Room.ownerStays();
            }
            if (!MemberRows.remove(handle, room, user, now)) {
                return false;
            }
            InvitationRows.addRemoval(handle, room, user);
            return handle.execute(sql, room.value()) > 0;
        });
    }

    @Override
    public boolean mute(RoomId room, UserId user, UserId moderator, String reason, Instant now) {
        return database.inTransaction(handle -> {
            Optional<UserId> owner = RoomLock.lock(handle, room);
            if (!isModerator(handle, owner, moderator)) {
                throw Room.moderatorsOnly();
            }
            if (owner.equals(Optional.of(user)) || OperatorRows.isOperator(handle, user)) {
                throw new ChatException(ChatException.Kind.FORBIDDEN, "refusal.mute.protected");
            }
            return MuteRows.mute(handle, room, user, moderator, reason, now);
        });
    }

    @Override
    public void unmute(RoomId room, UserId user, UserId moderator, Instant now) {
        database.inTransaction(handle -> {
            if (!isModerator(handle, RoomLock.lock(handle, room), moderator)) {
                throw Room.moderatorsOnly();
            }
            return MuteRows.unmute(handle, room, user, moderator, now);
        });
    }

    /** Checks again under the room's lock, because the moderator may have lost the right meanwhile. */
    private static boolean isModerator(Handle handle, Optional<UserId> owner, UserId user) {
        return (owner.equals(Optional.of(user))
                        || OperatorRows.isOperator(handle, user)
                        || UserRows.isApplication(handle, user))
                && !UserRows.isBanned(handle, user);
    }

    @Override
    public void setLevel(RoomId room, UserId member, NotificationLevel level) {
        set("notifications", room, member, level.code());
    }

    @Override
    public void setStarred(RoomId room, UserId member, boolean starred) {
        set("starred", room, member, starred);
    }

    private void set(String column, RoomId room, UserId member, Object value) {
        String sql = "update members set " + column + " = ? where room_id = ? and user_id = ?";
        database.inTransaction(handle -> handle.execute(sql, value, room.value(), member.value()));
    }

    @Override
    public List<User> members(RoomId room, String after, int limit) {
        return database.read(handle -> MemberQueries.page(handle, room, after, limit));
    }

    @Override
    public List<User> named(RoomId room, String start, int limit) {
        return database.read(handle -> MemberQueries.named(handle, room, start, limit));
    }

    @Override
    public List<User> members(RoomId room, Collection<UserId> users) {
        return database.read(handle -> MemberQueries.among(handle, room, users));
    }

    @Override
    public Set<UserId> operatorsAmong(Collection<UserId> users) {
        return database.read(handle -> MemberQueries.operatorsAmong(handle, users));
    }

    @Override
    public Optional<RoomSummary> summary(RoomId room, int limit) {
        return database.read(handle -> MemberQueries.summary(handle, room, limit));
    }

    @Override
    public Map<RoomId, Set<UserId>> membersAmong(Collection<RoomId> rooms, Collection<UserId> users) {
        return database.read(handle -> MemberQueries.among(handle, rooms, users));
    }
}
