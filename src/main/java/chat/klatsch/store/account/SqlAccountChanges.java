package chat.klatsch.store.account;

import chat.klatsch.account.AccountChanges;
import chat.klatsch.account.Contact;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.TokenPurpose;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.OperatorRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Changes accounts. Each change locks the user's row before it touches sessions or tokens. Opening a session takes the
 * same lock, so none is opened with a password that has just been replaced. Thread-safe.
 */
public final class SqlAccountChanges implements AccountChanges {
    private final Database database;

    public SqlAccountChanges(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Contact> contact(UserId user) {
        return contact("id = ? and deleted_at is null", user.value());
    }

    @Override
    public Optional<Contact> contact(EmailAddress address) {
        return contact("email_key = ? and banned_at is null", address.comparable());
    }

    private Optional<Contact> contact(String condition, Object key) {
        String sql = "select id, username, display_name, avatar, email, email_verified_at, language from users where "
                + condition;
        return database.read(
                handle -> handle.select(sql, key).map(TokenRows.CONTACT).findOne());
    }

    @Override
    public boolean storeToken(TokenPurpose purpose, String token, UserId user, EmailAddress address, Instant now) {
        try {
            return database.inTransaction(handle -> TokenRows.add(handle, purpose, token, user.value(), address, now))
                    == 1;
        } catch (DuplicateKeyException claimedByAnother) {
            return false;
        }
    }

    @Override
    public Optional<Contact> contactOf(TokenPurpose purpose, String token, Instant now) {
        return database.read(handle -> TokenRows.contact(handle, purpose, token, now));
    }

    @Override
    public boolean verifyEmail(String token, Instant now) {
        return database.inTransaction(handle -> TokenRows.use(handle, TokenPurpose.VERIFY, token, now)
                .map(user -> verifyEmail(handle, user, now))
                .isPresent());
    }

    @Override
    public Optional<UserId> resetPassword(String token, String passwordHash, Instant now) {
        return database.inTransaction(handle -> {
            boolean issuedByOperator = TokenRows.isIssuedByOperator(handle, token);
            Optional<Long> owner = TokenRows.use(handle, TokenPurpose.RESET, token, now);
            owner.ifPresent(user -> {
                handle.execute("update users set password_hash = ? where id = ?", passwordHash, user);
                if (!issuedByOperator) {
                    verifyEmail(handle, user, now);
                }
                endSessions(handle, user);
                TokenRows.deleteAll(handle, user);
            });
            return owner.map(UserId::new);
        });
    }

    private static int verifyEmail(Handle handle, long user, Instant now) {
        return handle.execute("update users set email_verified_at = ? where id = ?", now, user);
    }

    @Override
    public void changeEmail(UserId user, EmailAddress address) {
        String sql = """
                update users set email = ?, email_key = ?, email_verified_at = null where id = ? and deleted_at is null
                """;
        try {
            database.inTransaction(handle -> {
                handle.execute(sql, address.value(), address.comparable(), user.value());
                return TokenRows.deleteAll(handle, user.value());
            });
        } catch (DuplicateKeyException e) {
            throw new ChatException(ChatException.Kind.TAKEN, "refusal.email.taken");
        }
    }

    @Override
    public List<String> changePassword(UserId user, String passwordHash, String keptSession) {
        return database.inTransaction(handle -> {
            handle.execute(
                    "update users set password_hash = ? where id = ? and deleted_at is null",
                    passwordHash,
                    user.value());
            List<String> others = handle.select(
                            "select id from sessions where user_id = ? and id <> ?", user.value(), keptSession)
                    .mapTo(String.class)
                    .list();
            handle.execute("delete from sessions where user_id = ? and id <> ?", user.value(), keptSession);
            handle.execute(
                    "delete from one_time_tokens where user_id = ? and purpose = ?",
                    user.value(),
                    TokenPurpose.RESET.name());
            return others;
        });
    }

    /** Takes the rooms' locks first: a writer holds its room's lock before it locks its own user row. */
    @Override
    public List<RoomId> delete(UserId user, Instant now) {
        return database.inTransaction(handle -> {
            Set<RoomId> left = AccountDeletion.leaveRooms(handle, user);
            OperatorRows.refuseLast(handle, user);
            AccountDeletion.recordLeaving(handle, user, left, now);
            anonymise(handle, user.value(), now);
            endSessions(handle, user.value());
            TokenRows.deleteAll(handle, user.value());
            return left.stream().filter(room -> !room.equals(RoomId.LOBBY)).toList();
        });
    }

    /** Erases personal data. An empty hash matches no password, and nobody can register the reserved username. */
    private static void anonymise(Handle handle, long user, Instant now) {
        String reserved = User.DELETED_PREFIX + user;
        handle.execute("""
                update users set username = ?, username_key = ?, display_name = 'Deleted user', password_hash = '',
                email = null, email_key = null, email_verified_at = null, about = '', time_zone = 'UTC', language = '', deleted_at = ?,
                operator = false, banned_at = null, avatar = null, host_id = null, host_state = null, host_session = null
                where id = ?
                """, reserved, reserved, now, user);
        NameChangeRows.add(handle, new UserId(user));
        handle.execute("delete from pictures where user_id = ?", user);
        handle.execute("delete from drafts where user_id = ?", user);
        handle.execute("delete from open_forms where user_id = ?", user);
        handle.execute("delete from mutes where user_id = ?", user);
    }

    public static int endSessions(Handle handle, long user) {
        return handle.execute("delete from sessions where user_id = ?", user);
    }
}
