package chat.klatsch.store.account;

import chat.klatsch.account.Contact;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.TokenPurpose;
import chat.klatsch.core.UserId;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Queries;
import chat.klatsch.store.UserRows;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Stores one-time tokens. A token is valid while the user keeps the email address it was sent to; a token issued by an
 * operator has no address.
 */
public final class TokenRows {
    /** Leaves out an address that today's rules reject. */
    static final RowMapper<Contact> CONTACT = (row, context) -> new Contact(
            UserRows.USER.map(row, context),
            Optional.ofNullable(row.getString("email"))
                    .filter(EmailAddress::isMailbox)
                    .map(EmailAddress::new),
            !Columns.isNull(row, "email_verified_at"),
            row.getString("language"));

    private TokenRows() {}

    /**
     * Replaces the user's expired tokens. Does nothing if the user no longer has the address. An address that was another
     * user's when this user gave it, and is free now, becomes this user's.
     */
    static int add(Handle handle, TokenPurpose purpose, String token, long user, EmailAddress address, Instant now) {
        handle.execute("""
                update users set email_key = ? where id = ? and email = ? and email_key is null
                and not exists (select 1 from users where email_key = ?)
                """, address.comparable(), user, address.value(), address.comparable());
        Optional<String> key =
                Queries.find(handle, String.class, "select email_key from users where id = ? for update", user);
        if (!key.equals(Optional.of(address.comparable()))) {
            return 0;
        }
        handle.execute("delete from one_time_tokens where user_id = ? and expires_at <= ?", user, now);
        return handle.execute(
                "insert into one_time_tokens (id, purpose, user_id, email_key, expires_at) values (?, ?, ?, ?, ?)",
                token,
                purpose.name(),
                user,
                address.comparable(),
                now.plus(purpose.lifetime()));
    }

    /** Adds a token that is not emailed. The caller holds the lock of the user's row. */
    public static int issue(Handle handle, TokenPurpose purpose, String token, UserId user, Instant now) {
        handle.execute("delete from one_time_tokens where user_id = ? and expires_at <= ?", user.value(), now);
        return handle.execute(
                "insert into one_time_tokens (id, purpose, user_id, expires_at) values (?, ?, ?, ?)",
                token,
                purpose.name(),
                user.value(),
                now.plus(purpose.lifetime()));
    }

    static boolean isIssuedByOperator(Handle handle, String token) {
        return Queries.exists(handle, "select 1 from one_time_tokens where id = ? and email_key is null", token);
    }

    /** Returns the token's user if the token is valid. */
    static Optional<Contact> contact(Handle handle, TokenPurpose purpose, String token, Instant now) {
        return handle.select("""
                select u.id, u.username, u.display_name, u.avatar, u.email, u.email_verified_at, u.language
                from one_time_tokens t join users u on u.id = t.user_id
                    and (t.email_key is null or u.email_key = t.email_key)
                where t.id = ? and t.purpose = ? and t.expires_at > ?
                """, token, purpose.name(), now).map(CONTACT).findOne();
    }

    /** Deletes a valid token and returns its user, whose row stays locked. Of concurrent calls one succeeds. */
    static Optional<Long> use(Handle handle, TokenPurpose purpose, String token, Instant now) {
        // Checks again under the lock, which everything that invalidates a token takes.
        return contact(handle, purpose, token, now)
                .map(contact -> contact.user().id().value())
                .filter(user -> Queries.exists(handle, "select 1 from users where id = ? for update", user))
                .filter(user -> contact(handle, purpose, token, now).isPresent())
                .filter(user -> handle.execute("delete from one_time_tokens where id = ?", token) == 1);
    }

    public static int deleteAll(Handle handle, long user) {
        return handle.execute("delete from one_time_tokens where user_id = ?", user);
    }
}
