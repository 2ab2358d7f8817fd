package chat.klatsch.store.account;

import chat.klatsch.account.Contact;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.TokenPurpose;
import chat.klatsch.core.UserId;
import chat.klatsch.store.UserRows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * The tokens in links that were sent to people, each of which holds as long as the person has that address, or that an
 * operator has handed over.
 */
public final class TokenRows {
    /** An address that was let in by other rules than today's is none. */
    static final RowMapper<Contact> CONTACT = (row, context) -> new Contact(
            UserRows.USER.map(row, context),
            Optional.ofNullable(row.getString("email"))
                    .filter(EmailAddress::isMailbox)
                    .map(EmailAddress::new),
            row.getObject("email_verified_at", OffsetDateTime.class) != null);

    private TokenRows() {}

    /** Adds one in place of the person's expired ones. */
    static void add(Handle handle, TokenPurpose purpose, String token, long user, EmailAddress address, Instant now) {
        if (!lockedEmail(handle, user).filter(address.comparable()::equals).isPresent()) {
            // Meanwhile they have another address or none, and nobody needs the token.
            return;
        }
        handle.execute("delete from one_time_tokens where user_id = ? and expires_at <= ?", user, now);
        handle.execute(
                "insert into one_time_tokens (id, purpose, user_id, email_key, expires_at) values (?, ?, ?, ?, ?)",
                token,
                purpose.name(),
                user,
                address.comparable(),
                now.plus(purpose.lifetime()));
    }

    /** Keeps one that is not sent to any address. With the lock of the person's row. */
    public static void hand(Handle handle, String token, UserId user, Instant now) {
        handle.execute(
                "insert into one_time_tokens (id, purpose, user_id, expires_at) values (?, ?, ?, ?)",
                token,
                TokenPurpose.RESET.name(),
                user.value(),
                now.plus(TokenPurpose.RESET.lifetime()));
    }

    static boolean isHanded(Handle handle, String token) {
        return handle.createQuery("select email_key is null from one_time_tokens where id = ?")
                .bind(0, token)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    static Optional<Contact> owner(Handle handle, TokenPurpose purpose, String token, Instant now) {
        return handle.createQuery("""
                select u.id, u.username, u.display_name, u.email, u.email_verified_at
                from one_time_tokens t join users u on u.id = t.user_id
                    and (t.email_key is null or u.email_key = t.email_key)
                where t.id = :token and t.purpose = :purpose and t.expires_at > :now
                """)
                .bind("token", token)
                .bind("purpose", purpose.name())
                .bind("now", now)
                .map(CONTACT)
                .findOne();
    }

    /** Whose token it was, with the lock of their row. Of several who use it at once, one is the first. */
    static Optional<Long> use(Handle handle, TokenPurpose purpose, String token, Instant now) {
        // Once more under the lock, which everything that ends a token takes.
        return owner(handle, purpose, token, now)
                .map(contact -> contact.user().id().value())
                .filter(user -> lock(handle, user))
                .filter(user -> owner(handle, purpose, token, now).isPresent())
                .filter(user -> handle.execute("delete from one_time_tokens where id = ?", token) == 1);
    }

    public static int forget(Handle handle, long user) {
        return handle.execute("delete from one_time_tokens where user_id = ?", user);
    }

    /** Whether there is such a person. */
    static boolean lock(Handle handle, long user) {
        return handle.createQuery("select id from users where id = ? for update")
                .bind(0, user)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    /** Takes the lock of the person's row. */
    private static Optional<String> lockedEmail(Handle handle, long user) {
        return handle.createQuery("select email_key from users where id = ? for update")
                .bind(0, user)
                .mapTo(String.class)
                .findOne();
    }
}
