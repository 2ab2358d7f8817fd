package chat.klatsch.profile;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Stores profiles and avatars. Usernames are looked up without regard to case. Thread-safe; every method may throw a
 * ChatException UNAVAILABLE.
 */
public interface ProfileStore {
    Optional<Profile> profile(String username);

    /**
     * Returns other users whose username begins with a text in lower case, these first, or a word of whose display name
     * does. Leaves out banned users.
     */
    List<User> people(UserId viewer, String name, int limit);

    /** Returns whether the name has changed. */
    boolean update(UserId user, ProfileEdit edit);

    /** Returns whether the name has changed. */
    boolean rename(UserId user, Optional<DisplayName> name);

    Optional<Avatar> avatar(String username);

    /** Stores the avatar, replacing an earlier one. */
    void setAvatar(UserId user, Avatar avatar);

    /** Returns whether there was an avatar. */
    boolean removeAvatar(UserId user);
}
