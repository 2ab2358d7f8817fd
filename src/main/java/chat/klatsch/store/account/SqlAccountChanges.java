package chat.klatsch.store.account;

import chat.klatsch.account.AccountChanges;
import chat.klatsch.account.Contact;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.TokenPurpose;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.OperatorRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Changes to accounts in SQL. Each takes the lock of the person's row before it touches
 * anything of theirs; sign-ins begin under the
 * same lock, so that none does with an old password after it was changed. Thread-safe.
 */
public final class SqlAccountChanges implements AccountChanges {
    private final Database database;

    public SqlAccountChanges(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Contact> contact(UserId user) {
        return database.read(handle -> handle.createQuery("""
                select id, username, display_name, email, email_verified_at from users
                where id = :user and deleted_at is null
                """)
                .bind("user", user.value())
                .map(TokenRows.CONTACT)
                .findOne());
    }

    @Override
    public Optional<Contact> contact(EmailAddress address) {
        return database.read(handle -> handle.createQuery("""
                select id, username, display_name, email, email_verified_at from users
                where email_key = :key and banned_at is null
                """)
                .bind("key", address.comparable())
                .map(TokenRows.CONTACT)
                .findOne());
    }

    @Override
    public void allow(TokenPurpose purpose, String token, UserId user, EmailAddress address, Instant now) {
        database.inTransaction(handle -> {
            TokenRows.add(handle, purpose, token, user.value(), address, now);
            return user;
        });
    }

    @Override
    public Optional<Contact> allowed(TokenPurpose purpose, String token, Instant now) {
        return database.read(handle -> TokenRows.owner(handle, purpose, token, now));
    }

    @Override
    public boolean verify(String token, Instant now) {
        return database.inTransaction(handle -> TokenRows.use(handle, TokenPurpose.VERIFY, token, now)
                .map(user -> handle.execute("update users set email_verified_at = ? where id = ?", now, user))
                .isPresent());
    }

    @Override
    public Optional<UserId> resetPassword(String token, String passwordHash, Instant now) {
        return database.inTransaction(handle -> {
            boolean handed = TokenRows.isHanded(handle, token);
            Optional<Long> owner = TokenRows.use(handle, TokenPurpose.RESET, token, now);
            owner.ifPresent(user -> {
                handle.execute("update users set password_hash = ? where id = ?", passwordHash, user);
                if (!handed) {
                    handle.execute("update users set email_verified_at = ? where id = ?", now, user);
                }
                endSignIns(handle, user);
                TokenRows.forget(handle, user);
            });
            return owner.map(UserId::new);
        });
    }

    @Override
    public void changeEmail(UserId user, EmailAddress address) {
        try {
            database.inTransaction(handle -> {
                handle.execute(
                        "update users set email = ?, email_key = ?, email_verified_at = null where id = ?"
                                + " and deleted_at is null",
                        address.value(),
                        address.comparable(),
                        user.value());
                return TokenRows.forget(handle, user.value());
            });
        } catch (DuplicateKeyException e) {
            throw new ChatException(ChatException.Kind.TAKEN, "Somebody has this e-mail address already.");
        }
    }

    @Override
    public List<String> changePassword(UserId user, String passwordHash, String keptSession) {
        return database.inTransaction(handle -> {
            handle.execute(
                    "update users set password_hash = ? where id = ? and deleted_at is null",
                    passwordHash,
                    user.value());
            List<String> others = handle.createQuery("select id from sessions where user_id = ? and id <> ?")
                    .bind(0, user.value())
                    .bind(1, keptSession)
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

    /**
     * What a person leaves behind is settled here, all of it or nothing. Whatever takes the lock of a room comes first:
     * whoever writes to one holds it before they ask for their own row.
     */
    @Override
    public List<RoomId> delete(UserId user, Instant now) {
        return database.inTransaction(handle -> {
            List<RoomId> changed = AccountDeletion.of(handle, user);
            OperatorRows.leave(handle, user);
            forgetPerson(handle, user.value(), now);
            endSignIns(handle, user.value());
            TokenRows.forget(handle, user.value());
            return changed;
        });
    }

    /** Whatever is personal in the row goes. Nobody can sign in with a hash that is none, nor take such a name. */
    private static void forgetPerson(Handle handle, long user, Instant now) {
        String nobody = NewAccount.DELETED + user;
        handle.execute("""
                update users set username = ?, username_key = ?, display_name = 'Deleted user', password_hash = '',
                email = null, email_key = null, email_verified_at = null, about = '', time_zone = 'UTC', deleted_at = ?,
                operator = false, banned_at = null
                where id = ?
                """, nobody, nobody, now, user);
        handle.execute("delete from pictures where user_id = ?", user);
        handle.execute("delete from mutes where user_id = ?", user);
    }

    public static void endSignIns(Handle handle, long user) {
        handle.execute("delete from sessions where user_id = ?", user);
    }
}
