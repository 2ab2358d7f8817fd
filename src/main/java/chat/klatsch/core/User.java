package chat.klatsch.core;

import java.util.Comparator;
import java.util.Locale;

/** A user as others see them. Usernames keep their case but are unique regardless of case. */
public record User(UserId id, String username, String displayName) {
    public static final Comparator<User> BY_NAME =
            Comparator.comparing(user -> user.username().toLowerCase(Locale.ROOT));
}
