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

    /** Starts the usernames of bots, which no person can have: a colon is not allowed in their names. */
    public static final String BOT_PREFIX = "bot:";

    /** The username of the application around the chat, in whose name its programs act. No bot has it. */
    public static final String APPLICATION = BOT_PREFIX;

    /** A user without an avatar. */
    public User(UserId id, String username, String displayName) {
        this(id, username, displayName, "");
    }

    /** Returns the display name. That of a deleted account and of the application around the chat is in the reader's language. */
    public String nameIn(Texts texts) {
        if (isDeleted()) {
            return texts.of("user.deleted");
        }
        return username.equals(APPLICATION) ? texts.of("application") : displayName;
    }

    /** Returns the username with its @, or the name of a deleted account or a bot, which have none. */
    public String handleIn(Texts texts) {
        return hasProfile() ? "@" + username : nameIn(texts);
    }

    /** Returns whether others may see a profile of the user, and address the user by name. */
    public boolean hasProfile() {
        return !isDeleted() && !isBot();
    }

    /** Returns whether it is a program, as which nobody can sign in. */
    public boolean isBot() {
        return username.startsWith(BOT_PREFIX);
    }

    /** Returns whether the account has been deleted, so that it has no profile any longer. */
    public boolean isDeleted() {
        return username.startsWith(DELETED_PREFIX);
    }
}
