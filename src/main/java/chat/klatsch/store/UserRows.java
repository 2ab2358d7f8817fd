package chat.klatsch.store;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Reads users from the columns {@code id}, {@code username}, {@code display_name} and {@code avatar}. */
public final class UserRows {
    public static final RowMapper<User> USER = (row, context) -> user(row);

    private UserRows() {}

    public static User user(ResultSet row) throws SQLException {
        return user(
                row.getLong("id"), row.getString("username"), row.getString("display_name"), row.getString("avatar"));
    }

    /** A user whose avatar is not shown. */
    public static User user(long id, String username, @Nullable String displayName) {
        return user(id, username, displayName, null);
    }

    public static boolean isBanned(Handle handle, UserId user) {
        return Queries.exists(handle, "select 1 from users where id = ? and banned_at is not null", user.value());
    }

    /** Returns whether the user stands for the application around the chat. */
    public static boolean isApplication(Handle handle, UserId user) {
        return Queries.exists(
                handle, "select 1 from users where id = ? and username_key = ?", user.value(), User.APPLICATION);
    }

    /** Returns whether the user is a program. */
    public static boolean isBot(Handle handle, UserId user) {
        return Queries.find(handle, String.class, "select username_key from users where id = ?", user.value())
                .filter(name -> name.startsWith(User.BOT_PREFIX))
                .isPresent();
    }

    /** Uses the username of a user who has no display name. */
    private static User user(long id, String username, @Nullable String displayName, @Nullable String avatar) {
        return new User(
                new UserId(id),
                username,
                Objects.requireNonNullElse(displayName, username),
                Objects.requireNonNullElse(avatar, ""));
    }
}
