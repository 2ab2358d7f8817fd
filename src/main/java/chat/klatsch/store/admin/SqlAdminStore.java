package chat.klatsch.store.admin;

import chat.klatsch.admin.AdminMessage;
import chat.klatsch.admin.AdminStore;
import chat.klatsch.admin.AuditEntry;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.store.AuditLog;
import chat.klatsch.store.Database;
import chat.klatsch.store.OperatorRows;
import chat.klatsch.store.account.SqlAccountChanges;
import chat.klatsch.store.account.TokenRows;
import chat.klatsch.store.message.MessageEditor;
import chat.klatsch.store.room.SqlMembershipStore;
import chat.klatsch.store.room.SqlRoomStore;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What operators do, in SQL. The lock of a room comes first, then those of the operators, then that of the person.
 * Thread-safe.
 */
public final class SqlAdminStore implements AdminStore {
    private final Database database;

    public SqlAdminStore(Database database) {
        this.database = database;
    }

    @Override
    public void ban(UserId operator, UserId user, String note, Instant now) {
        database.inTransaction(handle -> {
            refuseOperator(OperatorRows.lock(handle, operator), user);
            if (handle.execute(
                            "update users set banned_at = ? where id = ? and banned_at is null and deleted_at is null",
                            now,
                            user.value())
                    > 0) {
                new AuditLog(handle, operator, AuditEntry.Action.BANNED, now)
                        .about(user)
                        .saying(note)
                        .write();
            }
            SqlAccountChanges.endSignIns(handle, user.value());
            return TokenRows.forget(handle, user.value());
        });
    }

    @Override
    public void unban(UserId operator, UserId user, Instant now) {
        database.inTransaction(handle -> {
            OperatorRows.lock(handle, operator);
            if (handle.execute("update users set banned_at = null where id = ? and banned_at is not null", user.value())
                    > 0) {
                new AuditLog(handle, operator, AuditEntry.Action.UNBANNED, now)
                        .about(user)
                        .write();
            }
            return user;
        });
    }

    @Override
    public void appoint(UserId operator, UserId user, Instant now) {
        database.inTransaction(handle -> {
            if (!OperatorRows.lock(handle, operator).contains(user)) {
                requireResident(handle, user);
                handle.execute("update users set operator = true where id = ?", user.value());
                // Nobody mutes an operator.
                handle.execute("delete from mutes where user_id = ?", user.value());
                new AuditLog(handle, operator, AuditEntry.Action.APPOINTED, now)
                        .about(user)
                        .write();
            }
            return user;
        });
    }

    @Override
    public void dismiss(UserId operator, UserId user, Instant now) {
        database.inTransaction(handle -> {
            OperatorRows.refuseLast(OperatorRows.lock(handle, operator), user);
            if (handle.execute("update users set operator = false where id = ? and operator", user.value()) > 0) {
                new AuditLog(handle, operator, AuditEntry.Action.DISMISSED, now)
                        .about(user)
                        .write();
            }
            return user;
        });
    }

    @Override
    public void allowReset(UserId operator, UserId user, String token, Instant now) {
        database.inTransaction(handle -> {
            refuseOperator(OperatorRows.lock(handle, operator), user);
            requireResident(handle, user);
            TokenRows.hand(handle, token, user, now);
            new AuditLog(handle, operator, AuditEntry.Action.RESET_ALLOWED, now)
                    .about(user)
                    .write();
            return user;
        });
    }

    @Override
    public void close(UserId operator, RoomId room, Instant now) {
        database.inTransaction(handle -> {
            AdminRoomRows.lockGroup(handle, room);
            OperatorRows.lock(handle, operator);
            if (handle.execute(
                            "update rooms set kind = 'closed', open_name = null where id = ? and kind = 'open'",
                            room.value())
                    > 0) {
                new AuditLog(handle, operator, AuditEntry.Action.ROOM_CLOSED, now)
                        .in(room)
                        .write();
            }
            return room;
        });
    }

    @Override
    public void takeOver(UserId operator, RoomId room, Instant now) {
        database.inTransaction(handle -> {
            AdminRoomRows.lockGroup(handle, room);
            OperatorRows.lock(handle, operator);
            AdminRoomRows.refuseOwned(handle, room);
            if (!AdminRoomRows.isMember(handle, room, operator)) {
                handle.execute(SqlMembershipStore.JOIN, operator.value(), now, room.value());
            }
            handle.execute("update rooms set owner_id = ? where id = ?", operator.value(), room.value());
            new AuditLog(handle, operator, AuditEntry.Action.ROOM_TAKEN, now)
                    .in(room)
                    .write();
            return room;
        });
    }

    @Override
    public void delete(UserId operator, RoomId room, Instant now) {
        database.inTransaction(handle -> {
            AdminRoomRows.lockGroup(handle, room);
            OperatorRows.lock(handle, operator);
            new AuditLog(handle, operator, AuditEntry.Action.ROOM_DELETED, now)
                    .in(room)
                    .write();
            return SqlRoomStore.delete(handle, room);
        });
    }

    @Override
    public long delete(UserId operator, AdminMessage.Place place, Instant now) {
        return database.inTransaction(handle -> {
            AdminRoomRows.lock(handle, place.room());
            OperatorRows.lock(handle, operator);
            return MessageEditor.in(handle, place.room()).delete(place.seq(), operator, now);
        });
    }

    private static void refuseOperator(List<UserId> operators, UserId user) {
        if (operators.contains(user)) {
            throw new ChatException(
                    ChatException.Kind.INVALID,
                    "That cannot be done to an operator, who would have to be dismissed first.");
        }
    }

    /** Takes the lock of the person's row. */
    private static void requireResident(Handle handle, UserId user) {
        handle.createQuery("select id from users where id = ? and banned_at is null and deleted_at is null for update")
                .bind(0, user.value())
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> new ChatException(
                        ChatException.Kind.INVALID, "That cannot be done to somebody who is banned."));
    }
}
