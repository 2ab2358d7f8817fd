package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import java.util.Optional;

/**
 * Shows and changes profiles. Pages and messages rendered after a change show it. Open pages show a new name with the
 * user's next message, and in the member list when the user enters the room again. A WebSocket keeps posting under the
 * name with which it connected, and browsers may cache an avatar. Thread-safe.
 */
public final class ProfileService {
    private final ProfileStore store;
    private final AvatarProcessor avatars;

    public ProfileService(ProfileStore store, AvatarProcessor avatars) {
        this.store = store;
        this.avatars = avatars;
    }

    /** @throws ChatException NOT_FOUND for an unknown username */
    public Profile named(String username) {
        return store.profile(username)
                .orElseThrow(() -> new ChatException(ChatException.Kind.NOT_FOUND, "No user with that name."));
    }

    /** @throws ChatException TAKEN for a display name that could be mistaken for another user's username */
    public void update(User user, ProfileEdit edit) {
        edit.name().ifPresent(name -> refuseImpersonation(user, name));
        store.update(user.id(), edit);
    }

    /**
     * Changes the display name only.
     *
     * @throws ChatException TAKEN for a name that could be mistaken for another user's username
     */
    public void rename(User user, Optional<DisplayName> name) {
        name.ifPresent(chosen -> refuseImpersonation(user, chosen));
        store.rename(user.id(), name);
    }

    /** The avatar that the user has uploaded; empty for an unknown username, too. */
    public Optional<Avatar> avatar(String username) {
        return store.avatar(username);
    }

    /**
     * Replaces the avatar. A refused file leaves the current one in place.
     *
     * @throws ChatException as {@link AvatarProcessor#process} does
     */
    public void setAvatar(User user, byte[] file) {
        store.setAvatar(user.id(), avatars.process(file));
    }

    public void removeAvatar(User user) {
        store.removeAvatar(user.id());
    }

    private void refuseImpersonation(User user, DisplayName name) {
        boolean impersonates = store.profile(name.lookalike())
                .filter(other -> !other.user().id().equals(user.id()))
                .isPresent();
        if (impersonates) {
            throw new ChatException(ChatException.Kind.TAKEN, "This is another user's username.");
        }
    }
}
