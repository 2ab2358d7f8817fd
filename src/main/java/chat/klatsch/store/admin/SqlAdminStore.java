package chat.klatsch.store.admin;

import chat.klatsch.account.TokenPurpose;
import chat.klatsch.admin.AdminMessage;
import chat.klatsch.admin.AdminStore;
import chat.klatsch.admin.AuditEntry.Action;
import chat.klatsch.admin.SiteName;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.store.AuditLog;
import chat.klatsch.store.Database;
import chat.klatsch.store.OperatorRows;
import chat.klatsch.store.Queries;
import chat.klatsch.store.RoomLock;
import chat.klatsch.store.account.SqlAccountChanges;
import chat.klatsch.store.account.TokenRows;
import chat.klatsch.store.message.MessageEditor;
import chat.klatsch.store.room.InvitationRows;
import chat.klatsch.store.room.MemberRows;
import chat.klatsch.store.room.SqlRoomStore;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/**
 * Carries out what operators do and records it in the audit log. Locks are taken in the order room, operators, user.
 * Thread-safe.
 */
public final class SqlAdminStore implements AdminStore {
    private final Database database;

    public SqlAdminStore(Database database) {
        this.database = database;
    }

    @Override
    public void ban(UserId operator, UserId user, String note, Instant now) {
        String sql = "update users set banned_at = ? where id = ? and banned_at is null and deleted_at is null";
        act(new AuditLog(operator, Action.BANNED, now).user(user).note(note), (handle, operators) -> {
            refuseOperator(operators, user);
            int banned = handle.execute(sql, now, user.value());
            SqlAccountChanges.endSessions(handle, user.value());
            TokenRows.deleteAll(handle, user.value());
            InvitationRows.withdrawAll(handle, user);
            return banned;
        });
    }

    @Override
    public void awaitWrites(UserId banned) {
        // Each write that has not seen the ban has the lock of its room. A transaction for each, so that none waits for
        // another.
        for (RoomId room : database.read(handle -> RoomLock.roomsOf(handle, banned))) {
            database.inTransaction(handle -> RoomLock.await(handle, room));
        }
        database.inTransaction(handle -> InvitationRows.withdrawAll(handle, banned));
    }

    @Override
    public void unban(UserId operator, UserId user, Instant now) {
        String sql = "update users set banned_at = null where id = ? and banned_at is not null";
        act(
                new AuditLog(operator, Action.UNBANNED, now).user(user),
                (handle, operators) -> handle.execute(sql, user.value()));
    }

    @Override
    public void appoint(UserId operator, UserId user, Instant now) {
        act(new AuditLog(operator, Action.APPOINTED, now).user(user), (handle, operators) -> {
            if (operators.contains(user)) {
                return 0;
            }
            requireActive(handle, user);
            // An operator cannot be muted.
            handle.execute("delete from mutes where user_id = ?", user.value());
            return handle.execute("update users set operator = true where id = ?", user.value());
        });
    }

    @Override
    public void dismiss(UserId operator, UserId user, Instant now) {
        act(new AuditLog(operator, Action.DISMISSED, now).user(user), (handle, operators) -> {
            OperatorRows.refuseLast(operators, user);
            return handle.execute("update users set operator = false where id = ? and operator", user.value());
        });
    }

    @Override
    public void storeResetToken(UserId operator, UserId user, String token, Instant now) {
        act(new AuditLog(operator, Action.RESET_ALLOWED, now).user(user), (handle, operators) -> {
            refuseOperator(operators, user);
            requireActive(handle, user);
            return TokenRows.issue(handle, TokenPurpose.RESET, token, user, now);
        });
    }

    @Override
    public void rename(UserId operator, SiteName name, Instant now) {
        act(new AuditLog(operator, Action.SITE_NAMED, now).note(name.value()), (handle, operators) -> {
            if (Queries.exists(handle, "select 1 from site where name = ?", name.value())) {
                return 0;
            }
            int changed = handle.execute("update site set name = ? where id = 1", name.value());
            return changed > 0 ? changed : handle.execute("insert into site (id, name) values (1, ?)", name.value());
        });
    }

    @Override
    public void close(UserId operator, RoomId room, Instant now) {
        String sql = "update rooms set kind = 'closed', open_name = null where id = ? and kind = 'open'";
        change(operator, room, handle -> {
            AuditLog entry = new AuditLog(operator, Action.ROOM_CLOSED, now).room(room);
            return handle.execute(sql, room.value()) > 0 ? entry.write(handle) : 0;
        });
    }

    @Override
    public void takeOver(UserId operator, RoomId room, Instant now) {
        change(operator, room, handle -> {
            AdminRoomRows.refuseOwned(handle, room);
            if (!AdminRoomRows.isMember(handle, room, operator)) {
                MemberRows.add(handle, room, operator, now);
            }
            handle.execute("update rooms set owner_id = ? where id = ?", operator.value(), room.value());
            return new AuditLog(operator, Action.ROOM_TAKEN, now).room(room).write(handle);
        });
    }

    @Override
    public void delete(UserId operator, RoomId room, Instant now) {
        change(operator, room, handle -> {
            new AuditLog(operator, Action.ROOM_DELETED, now).room(room).write(handle);
            return SqlRoomStore.delete(handle, room);
        });
    }

    @Override
    public long delete(UserId operator, AdminMessage.Id place, Instant now) {
        return database.inTransaction(handle -> {
            AdminRoomRows.lock(handle, place.room());
            OperatorRows.lock(handle, operator);
            return MessageEditor.in(handle, database.dialect(), place.room()).delete(place.seq(), operator, now);
        });
    }

    /** Runs an action under the operators' locks and records it, unless it changed no row. */
    private void act(AuditLog entry, ToIntBiFunction<Handle, List<UserId>> action) {
        database.inTransaction(handle ->
                action.applyAsInt(handle, OperatorRows.lock(handle, entry.actor())) > 0 ? entry.write(handle) : 0);
    }

    /** Changes a group under its lock and the operators'. The action records itself. */
    private void change(UserId operator, RoomId room, ToIntFunction<Handle> action) {
        database.inTransaction(handle -> {
            AdminRoomRows.lockGroup(handle, room);
            OperatorRows.lock(handle, operator);
            return action.applyAsInt(handle);
        });
    }

    private static void refuseOperator(List<UserId> operators, UserId user) {
        if (operators.contains(user)) {
            throw new ChatException(ChatException.Kind.INVALID, "refusal.operator");
        }
    }

    /** Locks the user's row. */
    private static void requireActive(Handle handle, UserId user) {
        String sql = "select 1 from users where id = ? and banned_at is null and deleted_at is null for update";
        if (!Queries.exists(handle, sql, user.value())) {
            throw new ChatException(ChatException.Kind.INVALID, "refusal.user.gone");
        }
    }
}
