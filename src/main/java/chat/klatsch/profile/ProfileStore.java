package chat.klatsch.profile;

import chat.klatsch.core.UserId;
import java.util.Optional;

/** Where profiles and pictures are kept. Thread-safe; every method may throw a ChatException UNAVAILABLE. */
public interface ProfileStore {
    /** The profile of the person with this username, in any case. */
    Optional<Profile> profile(String username);

    void introduce(UserId user, ProfileEdit profileEdit);

    void rename(UserId user, Optional<DisplayName> name);

    /** The picture of the person with this username, in any case, if they have given one. */
    Optional<Avatar> picture(String username);

    /** Keeps the picture in place of the one before. */
    void portray(UserId user, Avatar picture);

    void removePicture(UserId user);
}
