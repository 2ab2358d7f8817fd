package chat.klatsch.store.account;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.HourCycle;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.profile.Avatar;
import chat.klatsch.profile.DisplayName;
import chat.klatsch.profile.NameChange;
import chat.klatsch.profile.NameStore;
import chat.klatsch.profile.Profile;
import chat.klatsch.profile.ProfileEdit;
import chat.klatsch.profile.ProfileStore;
import chat.klatsch.profile.TimeZones;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.Queries;
import chat.klatsch.store.UserRows;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Stores profiles and avatars. Thread-safe. */
public final class SqlProfileStore implements ProfileStore, NameStore {
    /** Cached because every request looks up a zone, and the JDK copies all six hundred names on each call. */
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private static final RowMapper<Profile> PROFILE = (row, context) -> new Profile(
            UserRows.USER.map(row, context),
            row.getString("about"),
            zone(row.getString("time_zone")),
            HourCycle.named(row.getString("hour_cycle")),
            row.getString("language"),
            Columns.instant(row, "created_at"),
            !Columns.isNull(row, "avatar"));

    private final Database database;

    public SqlProfileStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Profile> profile(String username) {
        return database.read(handle -> handle.select("""
                select id, username, display_name, avatar, about, time_zone, hour_cycle, language, created_at
                from users where username_key = ? and deleted_at is null
                """, NewAccount.comparable(username))
                .map(PROFILE)
                .filter(profile -> !profile.user().isBot())
                .findFirst());
    }

    @Override
    public List<User> people(UserId viewer, String name, int limit) {
        return database.read(handle -> handle.createQuery("""
                select id, username, display_name, avatar from users
                where deleted_at is null and banned_at is null and id <> :viewer
                and username_key not like 'bot:%' and (position(:name in username_key) = 1
                    or position(' ' || :name in ' ' || lower(display_name)) > 0)
                order by case username_key when :name then 0 else 1 end,
                    case position(:name in username_key) when 1 then 0 else 1 end, username_key
                limit :limit
                """)
                .bind("viewer", viewer.value())
                .bind("name", name)
                .bind("limit", limit)
                .map(UserRows.USER)
                .list());
    }

    @Override
    public boolean update(UserId user, ProfileEdit edit) {
        return database.inTransaction(handle -> {
            handle.execute(
                    "update users set about = ?, time_zone = ?, hour_cycle = ?, language = ? where id = ?",
                    edit.about(),
                    edit.zone().getId(),
                    edit.hours().code(),
                    edit.language(),
                    user.value());
            return rename(handle, user, edit.name());
        });
    }

    @Override
    public boolean rename(UserId user, Optional<DisplayName> name) {
        return database.inTransaction(handle -> rename(handle, user, name));
    }

    private static boolean rename(Handle handle, UserId user, Optional<DisplayName> name) {
        return NameChangeRows.rename(handle, user, name.map(DisplayName::text).orElse(null));
    }

    @Override
    public long nameVersion() {
        return database.read(NameChangeRows::version);
    }

    @Override
    public List<NameChange> nameChanges(long version, int limit) {
        return database.read(handle -> NameChangeRows.after(handle, version, limit));
    }

    @Override
    public Optional<Avatar> avatar(String username) {
        return database.read(handle -> handle.select("""
                select p.jpeg, p.hash from pictures p join users u on u.id = p.user_id
                where u.username_key = ? and u.deleted_at is null
                """, NewAccount.comparable(username))
                .map((row, context) -> new Avatar(row.getBytes("jpeg"), row.getString("hash")))
                .findOne());
    }

    /** Locks the user's row, so that concurrent uploads run one after the other. */
    @Override
    public void setAvatar(UserId user, Avatar avatar) {
        database.inTransaction(handle -> {
            Queries.exists(handle, "select 1 from users where id = ? for update", user.value());
            handle.execute("delete from pictures where user_id = ?", user.value());
            handle.execute("update users set avatar = ? where id = ?", avatar.version(), user.value());
            NameChangeRows.add(handle, user);
            return handle.execute(
                    "insert into pictures (user_id, jpeg, hash) values (?, ?, ?)",
                    user.value(),
                    avatar.jpeg(),
                    avatar.hash());
        });
    }

    @Override
    public boolean removeAvatar(UserId user) {
        String sql = "update users set avatar = null where id = ? and avatar is not null";
        return database.inTransaction(handle -> {
            if (handle.execute(sql, user.value()) == 0) {
                return false;
            }
            NameChangeRows.add(handle, user);
            return handle.execute("delete from pictures where user_id = ?", user.value()) > 0;
        });
    }

    /** Falls back to the standard zone for a name that this Java version does not know. */
    static ZoneId zone(String name) {
        return ZONES.contains(name) ? ZoneId.of(name) : TimeZones.DEFAULT;
    }
}
