package chat.klatsch.store.account;

import chat.klatsch.account.AccountStore;
import chat.klatsch.account.Contact;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.Session;
import chat.klatsch.account.TokenPurpose;
import chat.klatsch.admin.AuditEntry.Action;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.HourCycle;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.host.HostAccount;
import chat.klatsch.host.HostAccountStore;
import chat.klatsch.host.SafeUsername;
import chat.klatsch.profile.DisplayName;
import chat.klatsch.profile.TimeZones;
import chat.klatsch.store.AuditLog;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.Queries;
import chat.klatsch.store.UserRows;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Stores the accounts of the host's users. Each change locks the user's row first. Thread-safe. */
public final class SqlHostAccountStore implements HostAccountStore {
    /** The times to begin again when another transaction takes the same username or creates the same user. */
    private static final int MOST_ATTEMPTS = 5;

    private final Database database;

    public SqlHostAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Known> find(String id, Instant sessionUntil) {
        return database.read(handle -> handle.select("""
                select u.id, u.username, u.display_name, u.avatar, u.time_zone, u.hour_cycle, u.language, u.host_state,
                    u.banned_at, u.host_avatar,
                    s.id as session, s.expires_at
                from users u left join sessions s on s.id = u.host_session and s.expires_at > ?
                where u.host_id = ?
                """, sessionUntil, id)
                .map((row, context) -> {
                    User user = UserRows.user(row);
                    Optional<Session> session = Columns.isNull(row, "expires_at")
                            ? Optional.empty()
                            : Optional.of(new Session(
                                    user,
                                    row.getString("session"),
                                    SqlProfileStore.zone(row.getString("time_zone")),
                                    HourCycle.named(row.getString("hour_cycle")),
                                    row.getString("language"),
                                    Columns.instant(row, "expires_at")));
                    return new Known(
                            user,
                            Objects.requireNonNullElse(row.getString("host_state"), ""),
                            !Columns.isNull(row, "banned_at"),
                            Objects.requireNonNullElse(row.getString("host_avatar"), ""),
                            session);
                })
                .findOne());
    }

    @Override
    public @Nullable UserId save(HostAccount account, Instant now) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.inTransaction(handle -> save(handle, account, now));
            } catch (DuplicateKeyException concurrent) {
                if (attempt == MOST_ATTEMPTS) {
                    throw concurrent;
                }
            }
        }
    }

    private static @Nullable UserId save(Handle handle, HostAccount account, Instant now) {
        Optional<Long> known =
                Queries.find(handle, Long.class, "select id from users where host_id = ? for update", account.id());
        UserId user = new UserId(known.orElseGet(() -> create(handle, account, now)));
        boolean renamed = changeUsername(handle, user, account);
        if (account.name().isPresent() || known.isEmpty()) {
            renamed |= NameChangeRows.rename(
                    handle, user, account.name().map(DisplayName::text).orElse(null));
        }
        changeRole(handle, user, account.operator(), now);
        account.zone()
                .ifPresent(zone ->
                        handle.execute("update users set time_zone = ? where id = ?", zone.getId(), user.value()));
        account.hours()
                .ifPresent(hours ->
                        handle.execute("update users set hour_cycle = ? where id = ?", hours.code(), user.value()));
        account.language()
                .ifPresent(language ->
                        handle.execute("update users set language = ? where id = ?", language, user.value()));
        handle.execute("update users set host_state = ? where id = ?", account.fingerprint(), user.value());
        return renamed && known.isPresent() ? user : null;
    }

    /** An empty hash matches no password. */
    private static long create(Handle handle, HostAccount account, Instant now) {
        String username = freeUsername(handle, account);
        long created = handle.createUpdate("""
                insert into users (username, username_key, password_hash, created_at, host_id, time_zone)
                values (:username, :key, '', :now, :host, :zone)
                """)
                .bind("username", username)
                .bind("key", NewAccount.comparable(username))
                .bind("now", now)
                .bind("host", account.id())
                .bind("zone", account.zone().map(ZoneId::getId).orElse(TimeZones.DEFAULT.getId()))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        SqlAccountStore.joinPublicRooms(handle, created, now);
        return created;
    }

    private static boolean changeUsername(Handle handle, UserId user, HostAccount account) {
        String username = freeUsername(handle, account);
        String sql = "update users set former_username = username, username = ?, username_key = ?"
                + " where id = ? and username <> ?";
        boolean changed = handle.execute(sql, username, NewAccount.comparable(username), user.value(), username) > 0;
        if (changed) {
            NameChangeRows.add(handle, user);
        }
        return changed;
    }

    /** Returns the first candidate that no other user has. */
    private static String freeUsername(Handle handle, HostAccount account) {
        String sql = "select 1 from users where username_key = ? and (host_id is null or host_id <> ?)";
        return SafeUsername.candidates(account.username(), account.id())
                .filter(name -> !Queries.exists(handle, sql, NewAccount.comparable(name), account.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no username is free"));
    }

    private static void changeRole(Handle handle, UserId user, boolean operator, Instant now) {
        String sql = "update users set operator = ? where id = ? and operator <> ?";
        if (handle.execute(sql, operator, user.value(), operator) > 0) {
            // An operator cannot be muted.
            handle.execute("delete from mutes where user_id = ? and ?", user.value(), operator);
            Action action = operator ? Action.APPOINTED : Action.DISMISSED;
            new AuditLog(BotRows.application(handle, now), action, now)
                    .user(user)
                    .write(handle);
        }
    }

    @Override
    public void avatarSeen(UserId user, String digest) {
        database.inTransaction(
                handle -> handle.execute("update users set host_avatar = ? where id = ?", digest, user.value()));
    }

    @Override
    public UserId adopt(String usernameKey, String id) {
        try {
            return database.inTransaction(handle -> adopt(handle, usernameKey, id));
        } catch (DuplicateKeyException concurrent) {
            throw new ChatException(Kind.TAKEN, "refusal.id.taken");
        }
    }

    private static UserId adopt(Handle handle, String usernameKey, String id) {
        String account = "select id, host_id from users where username_key = ? and deleted_at is null for update";
        Map.Entry<Long, Optional<String>> found = handle.select(account, usernameKey)
                .map((row, context) -> Map.entry(row.getLong("id"), Optional.ofNullable(row.getString("host_id"))))
                .findOne()
                .orElseThrow(() -> new ChatException(Kind.NOT_FOUND, "refusal.user.unknown"));
        long user = found.getKey();
        if (found.getValue().isPresent()) {
            throw new ChatException(Kind.TAKEN, "refusal.id.other");
        }
        if (Queries.exists(handle, "select 1 from users where host_id = ?", id)) {
            throw new ChatException(Kind.TAKEN, "refusal.id.taken");
        }
        handle.execute("update users set host_id = ? where id = ?", id, user);
        SqlAccountChanges.endSessions(handle, user);
        TokenRows.deleteAll(handle, user);
        return new UserId(user);
    }

    @Override
    public void openSession(UserId user, String session, Instant now, Instant until, Instant expires) {
        database.inTransaction(handle -> {
            // A ban and a deletion end the sessions under this lock.
            String sql = "select 1 from users where id = ? and banned_at is null and deleted_at is null for update";
            String open = """
                    select 1 from users u join sessions s on s.id = u.host_session and s.expires_at > ? where u.id = ?
                    """;
            if (!Queries.exists(handle, sql, user.value()) || Queries.exists(handle, open, until, user.value())) {
                return 0;
            }
            handle.execute("delete from sessions where user_id = ? and expires_at <= ?", user.value(), now);
            handle.execute(
                    "insert into sessions (id, user_id, created_at, expires_at) values (?, ?, ?, ?)",
                    session,
                    user.value(),
                    now,
                    expires);
            return handle.execute("update users set host_session = ? where id = ?", session, user.value());
        });
    }

    @Override
    public Optional<UserId> endSessions(String id) {
        return database.inTransaction(handle -> {
            Optional<Long> user =
                    Queries.find(handle, Long.class, "select id from users where host_id = ? for update", id);
            user.ifPresent(known -> {
                SqlAccountChanges.endSessions(handle, known);
                TokenRows.deleteAll(handle, known);
            });
            return user.map(UserId::new);
        });
    }

    @Override
    public boolean storeToken(String id, String token, Instant now) {
        String sql = "select id from users where host_id = ? and banned_at is null for update";
        return database.inTransaction(handle -> Queries.find(handle, Long.class, sql, id)
                .map(user -> TokenRows.issue(handle, TokenPurpose.SIGN_IN, token, new UserId(user), now))
                .isPresent());
    }

    @Override
    public Optional<User> tokenUser(String token, Instant now) {
        return database.read(handle -> TokenRows.contact(handle, TokenPurpose.SIGN_IN, token, now))
                .map(Contact::user);
    }

    @Override
    public Optional<AccountStore.Credentials> useToken(String token, Instant now) {
        // An adopted account has a hash, too.
        String sql = "select id, username, display_name, avatar, password_hash from users where id = ?";
        return database.inTransaction(handle -> TokenRows.use(handle, TokenPurpose.SIGN_IN, token, now)
                .flatMap(user -> handle.select(sql, user)
                        .map((row, context) -> new AccountStore.Credentials(
                                UserRows.USER.map(row, context), row.getString("password_hash")))
                        .findOne()));
    }
}
