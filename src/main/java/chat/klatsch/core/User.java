package chat.klatsch.core;

import java.util.Comparator;
import java.util.Locale;

/** A person as the others see them. Usernames keep the case they were chosen in and are unique without it. */
public record User(UserId id, String username, String displayName) {
    public static final Comparator<User> BY_NAME =
            Comparator.comparing(user -> user.username().toLowerCase(Locale.ROOT));
}
