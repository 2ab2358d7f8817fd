package chat.klatsch.store.account;

import chat.klatsch.core.UserId;
import chat.klatsch.profile.NameChange;
import chat.klatsch.store.Queries;
import chat.klatsch.store.UserRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Numbers the changes of users' names and avatars. */
public final class NameChangeRows {
    private NameChangeRows() {}

    /** Returns whether this is another name than before. */
    public static boolean rename(Handle handle, UserId user, @Nullable String name) {
        String sql = "update users set display_name = ? where id = ? and display_name is distinct from ?";
        boolean changed = handle.execute(sql, name, user.value(), name) > 0;
        if (changed) {
            add(handle, user);
        }
        return changed;
    }

    /** Runs after the user's row is changed. The counter stays locked until the commit, so versions appear in order. */
    static void add(Handle handle, UserId user) {
        handle.execute("update name_changes set version = version + 1");
        handle.execute("update users set name_version = (select version from name_changes) where id = ?", user.value());
    }

    static long version(Handle handle) {
        return Queries.find(handle, Long.class, "select version from name_changes")
                .orElse(0L);
    }

    static List<NameChange> after(Handle handle, long version, int limit) {
        List<NameChange> newestFirst = new ArrayList<>(handle.select("""
                select id, username, display_name, avatar, name_version from users
                where name_version > ? order by name_version desc limit ?
                """, version, limit)
                .map((row, context) -> new NameChange(UserRows.USER.map(row, context), row.getLong("name_version")))
                .list());
        Collections.reverse(newestFirst);
        return newestFirst;
    }
}
