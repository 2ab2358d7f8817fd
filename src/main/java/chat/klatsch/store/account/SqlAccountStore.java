package chat.klatsch.store.account;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.HourCycle;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.OperatorRows;
import chat.klatsch.store.Queries;
import chat.klatsch.store.UserRows;
import chat.klatsch.store.room.MemberChangeRows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Stores accounts and sessions. Thread-safe. */
public final class SqlAccountStore implements AccountStore {
    private static final int SETUP_CODES = 10;

    /** The sessions that a user may have at a time. */
    private static final int MAX_SESSIONS = 50;

    private final Database database;

    public SqlAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public User create(NewAccount account, String passwordHash, Instant now) {
        try {
            long id = database.inTransaction(handle -> {
                boolean first = OperatorRows.hasNone(handle);
                long created = handle.createUpdate("""
                    insert into users (username, username_key, email, email_key, password_hash, created_at, operator)
                    values (:username, :usernameKey, :email, :emailKey, :passwordHash, :now, :operator)
                    """)
                        .bind("username", account.username())
                        .bind("usernameKey", NewAccount.comparable(account.username()))
                        .bind("email", account.email().orElse(null))
                        .bind(
                                "emailKey",
                                account.email()
                                        .map(NewAccount::comparable)
                                        .filter(key ->
                                                !Queries.exists(handle, "select 1 from users where email_key = ?", key))
                                        .orElse(null))
                        .bind("passwordHash", passwordHash)
                        .bind("now", now)
                        .bind("operator", first)
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one();
                joinPublicRooms(handle, created, now);
                if (first) {
                    handle.execute("delete from setup_codes");
                }
                return created;
            });
            return new User(new UserId(id), account.username(), account.username());
        } catch (DuplicateKeyException e) {
            if (credentials(account.username()).isPresent()) {
                throw AccountService.usernameTaken();
            }
            // Another user has signed up with the same email address at the same moment.
            return create(account, passwordHash, now);
        }
    }

    /** All users are members of the public rooms, and a new user has nothing unread there. */
    static void joinPublicRooms(Handle handle, long user, Instant now) {
        handle.execute("""
                insert into members (user_id, room_id, joined_at, read_seq)
                select cast(? as bigint), id, cast(? as timestamp with time zone), last_seq
                from rooms where kind = 'public'
                """, user, now);
        handle.select("select id from rooms where kind = 'public' order by id")
                .mapTo(String.class)
                .map(RoomId::new)
                .list()
                .forEach(room -> MemberChangeRows.add(handle, room, new UserId(user), true, now));
    }

    @Override
    public boolean hasOperator() {
        return database.read(OperatorRows::exists);
    }

    @Override
    public void addSetupCode(String code, Instant now) {
        database.inTransaction(handle -> {
            handle.execute("""
                    delete from setup_codes
                    where id not in (select id from setup_codes order by created_at desc limit ?)
                    """, SETUP_CODES - 1);
            return handle.execute("insert into setup_codes (id, created_at) values (?, ?)", code, now);
        });
    }

    @Override
    public boolean isSetupCode(String code) {
        return database.read(handle -> Queries.exists(handle, "select 1 from setup_codes where id = ?", code));
    }

    @Override
    public Optional<Credentials> credentials(String login) {
        String key = NewAccount.comparable(login);
        // Only an address contains an @. Asking for either column at once makes H2 scan the table.
        String column = key.contains("@") ? "email_key" : "username_key";
        if (column.equals("username_key") && key.startsWith(User.BOT_PREFIX)) {
            return Optional.empty();
        }
        return database.read(handle -> handle.select(String.format(Locale.ROOT, """
                select id, username, display_name, avatar, password_hash from users
                where %s = ? and deleted_at is null
                """, column), key)
                .map((row, context) -> new Credentials(UserRows.USER.map(row, context), row.getString("password_hash")))
                .findFirst());
    }

    @Override
    public List<String> createSession(String session, Credentials credentials, Instant now, Instant expires) {
        long user = credentials.user().id().value();
        return database.inTransaction(handle -> {
            // A password change, a ban and a deletion end the sessions under this lock.
            boolean banned = Queries.find(handle, Boolean.class, """
                    select banned_at is not null from users where id = ? and password_hash = ? for update
                    """, user, credentials.passwordHash())
                    .orElseThrow(() -> new ChatException(ChatException.Kind.SIGNED_OUT, "refusal.password.changed"));
            if (banned) {
                throw new ChatException(ChatException.Kind.FORBIDDEN, "refusal.banned");
            }
            handle.execute("delete from sessions where user_id = ? and expires_at <= ?", user, now);
            handle.execute(
                    "insert into sessions (id, user_id, created_at, expires_at) values (?, ?, ?, ?)",
                    session,
                    user,
                    now,
                    expires);
            return endOldest(handle, user, session);
        });
    }

    /** Ends the oldest, never the newest, though a clock that was set back may have made it seem old. */
    private static List<String> endOldest(Handle handle, long user, String newest) {
        List<String> oldest = handle.select("""
                        select id from sessions where user_id = ? and id <> ?
                        order by created_at desc, id offset ? rows
                        """, user, newest, MAX_SESSIONS - 1)
                .mapTo(String.class)
                .list();
        oldest.forEach(session -> handle.execute("delete from sessions where id = ?", session));
        return oldest;
    }

    @Override
    public Optional<Session> session(String session, Instant now) {
        return database.read(handle -> handle.select("""
                select u.id, u.username, u.display_name, u.avatar, u.time_zone, u.hour_cycle, u.language, s.expires_at
                from sessions s join users u on u.id = s.user_id
                where s.id = ? and s.expires_at > ?
                """, session, now)
                .map((row, context) -> new Session(
                        UserRows.USER.map(row, context),
                        session,
                        SqlProfileStore.zone(row.getString("time_zone")),
                        HourCycle.named(row.getString("hour_cycle")),
                        row.getString("language"),
                        Columns.instant(row, "expires_at")))
                .findOne());
    }

    @Override
    public Set<String> activeSessions(Collection<String> sessions, Instant now) {
        return database.read(handle -> handle.select(
                        "select id from sessions where id = any(?) and expires_at > ?",
                        sessions.toArray(String[]::new),
                        now)
                .mapTo(String.class)
                .set());
    }

    @Override
    public boolean isFormerName(UserId user, String username) {
        return database.read(handle ->
                Queries.exists(handle, """
                select 1 from users where id = ? and former_username = ?
                and not exists (select 1 from users where username_key = ? and id <> ?)
                """, user.value(), username, NewAccount.comparable(username), user.value()));
    }

    @Override
    public void endSession(String session) {
        database.inTransaction(handle -> handle.execute("delete from sessions where id = ?", session));
    }

    @Override
    public void endSessions(UserId user) {
        database.inTransaction(handle -> SqlAccountChanges.endSessions(handle, user.value()));
    }
}
