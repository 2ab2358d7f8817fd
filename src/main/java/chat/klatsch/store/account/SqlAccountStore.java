package chat.klatsch.store.account;

import chat.klatsch.account.AccountStore;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.OperatorRows;
import chat.klatsch.store.UserRows;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Accounts and sign-ins in SQL. Thread-safe. */
public final class SqlAccountStore implements AccountStore {
    private final Database database;

    public SqlAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public User create(NewAccount account, String passwordHash, Instant now) {
        try {
            long id = database.inTransaction(handle -> {
                long created = handle.createUpdate("""
                    insert into users (username, username_key, email, email_key, password_hash, created_at, operator)
                    values (:username, :usernameKey, :email, :emailKey, :passwordHash, :now, :operator)
                    """)
                        .bind("username", account.username())
                        .bind("usernameKey", NewAccount.comparable(account.username()))
                        .bind("email", account.email().orElse(null))
                        .bind(
                                "emailKey",
                                account.email().map(NewAccount::comparable).orElse(null))
                        .bind("passwordHash", passwordHash)
                        .bind("now", now)
                        .bind("operator", OperatorRows.isWanted(handle))
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one();
                // What is public is everybody's, and a newcomer has missed nothing.
                handle.execute("""
                        insert into members (user_id, room_id, joined_at, read_seq)
                        select cast(? as bigint), id, cast(? as timestamp with time zone), last_seq
                        from rooms where kind = 'public'
                        """, created, now);
                return created;
            });
            return new User(new UserId(id), account.username(), account.username());
        } catch (DuplicateKeyException e) {
            throw new ChatException(ChatException.Kind.TAKEN, "Somebody has this username or e-mail address already.");
        }
    }

    @Override
    public Optional<Credentials> credentials(String login) {
        // No username has an @, and no address is without; H2 would read the whole table for either.
        String column = login.contains("@") ? "email_key" : "username_key";
        return database.read(handle -> handle.createQuery("""
                select id, username, display_name, password_hash from users
                where %s = :login and deleted_at is null
                """.formatted(column))
                .bind("login", NewAccount.comparable(login))
                .map((row, context) -> new Credentials(UserRows.USER.map(row, context), row.getString("password_hash")))
                .findFirst());
    }

    @Override
    public void open(String session, Credentials credentials, Instant now, Instant expires) {
        long user = credentials.user().id().value();
        database.inTransaction(handle -> {
            // Whoever changes the password, bans somebody or deletes the account ends all sign-ins, under this lock.
            boolean banned = handle.createQuery(
                            "select banned_at is not null from users where id = ? and password_hash = ? for update")
                    .bind(0, user)
                    .bind(1, credentials.passwordHash())
                    .mapTo(Boolean.class)
                    .findOne()
                    .orElseThrow(() -> new ChatException(
                            ChatException.Kind.SIGNED_OUT, "The password has just been changed. Please try again."));
            if (banned) {
                throw new ChatException(
                        ChatException.Kind.FORBIDDEN, "You have been banned from this chat by one of its operators.");
            }
            handle.execute("delete from sessions where user_id = ? and expires_at <= ?", user, now);
            return handle.execute(
                    "insert into sessions (id, user_id, created_at, expires_at) values (?, ?, ?, ?)",
                    session,
                    user,
                    now,
                    expires);
        });
    }

    @Override
    public Optional<Session> session(String session, Instant now) {
        return database.read(handle -> handle.createQuery("""
                select u.id, u.username, u.display_name, u.time_zone from sessions s join users u on u.id = s.user_id
                where s.id = :session and s.expires_at > :now
                """)
                .bind("session", session)
                .bind("now", now)
                .map((row, context) -> new Session(
                        UserRows.USER.map(row, context), session, SqlProfileStore.zone(row.getString("time_zone"))))
                .findOne());
    }

    @Override
    public Set<String> openAmong(Collection<String> sessions, Instant now) {
        return database.read(handle -> handle.createQuery("""
                select id from sessions where id = any(:sessions) and expires_at > :now
                """)
                .bind("sessions", sessions.toArray(String[]::new))
                .bind("now", now)
                .mapTo(String.class)
                .set());
    }

    @Override
    public void close(String session) {
        database.inTransaction(handle -> handle.execute("delete from sessions where id = ?", session));
    }

    @Override
    public void closeAll(UserId user) {
        database.inTransaction(handle -> handle.execute("delete from sessions where user_id = ?", user.value()));
    }
}
