package chat.klatsch.store.account;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.profile.DisplayName;
import chat.klatsch.program.Application;
import chat.klatsch.store.UserRows;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Stores bots as users whom no password matches. */
public final class BotRows {
    private BotRows() {}

    public static Optional<User> find(Handle handle, String username) {
        return handle.select("select id, username, display_name, avatar from users where username_key = ?", username)
                .map(UserRows.USER)
                .findOne();
    }

    /** @throws chat.klatsch.store.DuplicateKeyException if another transaction creates it at the same time */
    public static User create(Handle handle, String username, DisplayName name, Instant now) {
        handle.execute(
                "insert into users (username, username_key, display_name, password_hash, created_at)"
                        + " values (?, ?, ?, '', ?)",
                username,
                username,
                name.text(),
                now);
        return find(handle, username).orElseThrow();
    }

    /** Returns the user that stands for the application around the chat, and creates it if need be. */
    static UserId application(Handle handle, Instant now) {
        return find(handle, User.APPLICATION)
                .orElseGet(() -> create(handle, User.APPLICATION, Application.NAME, now))
                .id();
    }
}
