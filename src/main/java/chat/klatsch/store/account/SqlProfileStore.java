package chat.klatsch.store.account;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.UserId;
import chat.klatsch.profile.Avatar;
import chat.klatsch.profile.DisplayName;
import chat.klatsch.profile.Profile;
import chat.klatsch.profile.ProfileEdit;
import chat.klatsch.profile.ProfileStore;
import chat.klatsch.profile.TimeZones;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.UserRows;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.mapper.RowMapper;

/** Profiles and pictures in SQL. Thread-safe. */
public final class SqlProfileStore implements ProfileStore {
    /** Kept, because a zone is looked up at every request, and the platform copies all six hundred for whoever asks. */
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private static final RowMapper<Profile> PROFILE = (row, context) -> new Profile(
            UserRows.USER.map(row, context),
            row.getString("about"),
            zone(row.getString("time_zone")),
            Columns.instant(row, "created_at"),
            row.getBoolean("pictured"));

    private final Database database;

    public SqlProfileStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Profile> profile(String username) {
        return database.read(handle -> handle.createQuery("""
                select id, username, display_name, about, time_zone, created_at,
                    exists (select 1 from pictures where user_id = users.id) as pictured
                from users where username_key = :username and deleted_at is null
                """)
                .bind("username", NewAccount.comparable(username))
                .map(PROFILE)
                .findOne());
    }

    @Override
    public void introduce(UserId user, ProfileEdit profileEdit) {
        database.inTransaction(handle -> handle.createUpdate("""
                update users set display_name = :name, about = :about, time_zone = :zone where id = :user
                """)
                .bind("name", profileEdit.name().map(DisplayName::text).orElse(null))
                .bind("about", profileEdit.about())
                .bind("zone", profileEdit.zone().getId())
                .bind("user", user.value())
                .execute());
    }

    @Override
    public void rename(UserId user, Optional<DisplayName> name) {
        database.inTransaction(handle -> handle.execute(
                "update users set display_name = ? where id = ?",
                name.map(DisplayName::text).orElse(null),
                user.value()));
    }

    @Override
    public Optional<Avatar> picture(String username) {
        return database.read(handle -> handle.createQuery("""
                select p.jpeg, p.hash from pictures p join users u on u.id = p.user_id
                where u.username_key = :username and u.deleted_at is null
                """)
                .bind("username", NewAccount.comparable(username))
                .map((row, context) -> new Avatar(row.getBytes("jpeg"), row.getString("hash")))
                .findOne());
    }

    /** The person's row is locked, so that of two pictures sent at once one comes after the other. */
    @Override
    public void portray(UserId user, Avatar picture) {
        database.inTransaction(handle -> {
            handle.select("select id from users where id = ? for update", user.value())
                    .mapTo(Long.class)
                    .one();
            handle.execute("delete from pictures where user_id = ?", user.value());
            return handle.execute(
                    "insert into pictures (user_id, jpeg, hash) values (?, ?, ?)",
                    user.value(),
                    picture.jpeg(),
                    picture.hash());
        });
    }

    @Override
    public void removePicture(UserId user) {
        database.inTransaction(handle -> handle.execute("delete from pictures where user_id = ?", user.value()));
    }

    /** A name that another Java knew, and this one does not, is no reason to keep its people out. */
    static ZoneId zone(String name) {
        return ZONES.contains(name) ? ZoneId.of(name) : TimeZones.STANDARD;
    }
}
