package chat.klatsch.core;

import chat.klatsch.text.Texts;
import java.util.Comparator;
import java.util.Locale;

/**
 * A user as others see them. Usernames keep their case but are unique regardless of case.
 *
 * @param avatar identifies the avatar that the user has uploaded; empty if there is none
 */
public record User(UserId id, String username, String displayName, String avatar) {
    public static final Comparator<User> BY_NAME =
            Comparator.comparing(user -> user.username().toLowerCase(Locale.ROOT));

    /** Starts the usernames of deleted accounts. Nobody can sign up with such a name. */
    public static final String DELETED_PREFIX = "deleted-";

    /** A user without an avatar. */
    public User(UserId id, String username, String displayName) {
        this(id, username, displayName, "");
    }

    /** Returns the display name. That of a deleted account is in the reader's language. */
    public String nameIn(Texts texts) {
        return isDeleted() ? texts.of("user.deleted") : displayName;
    }

    /** The username with its @, or what stands for the name of a deleted account, which has none. */
    public String handle() {
        return isDeleted() ? displayName : "@" + username;
    }

    /** Returns whether the account has been deleted, so that it has no profile any longer. */
    public boolean isDeleted() {
        return username.startsWith(DELETED_PREFIX);
    }
}
