package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.event.EventBus;
import java.util.List;
import java.util.Optional;

/**
 * Shows and changes profiles. Open pages show a new name within two seconds, and a new avatar in lists. Thread-safe.
 */
public final class ProfileService {
    private final ProfileStore store;
    private final AvatarProcessor avatars;
    private final EventBus bus;

    public ProfileService(ProfileStore store, AvatarProcessor avatars, EventBus bus) {
        this.store = store;
        this.avatars = avatars;
        this.bus = bus;
    }

    /** @throws ChatException NOT_FOUND for an unknown username */
    public Profile named(String username) {
        return store.profile(username)
                .orElseThrow(() -> new ChatException(ChatException.Kind.NOT_FOUND, "refusal.user.unknown"));
    }

    /** @throws ChatException TAKEN for a display name that could be mistaken for another user's username */
    public void update(User user, ProfileEdit edit) {
        edit.name()
                .filter(name -> !name.text().equals(user.displayName()))
                .ifPresent(name -> refuseImpersonation(user, name));
        if (store.update(user.id(), edit)) {
            bus.publish(new EventBus.Event.UserRenamed(user.id()));
        }
    }

    /**
     * Changes the display name only.
     *
     * @throws ChatException TAKEN for a name that could be mistaken for another user's username
     */
    public void rename(User user, Optional<DisplayName> name) {
        name.ifPresent(chosen -> refuseImpersonation(user, chosen));
        if (store.rename(user.id(), name)) {
            bus.publish(new EventBus.Event.UserRenamed(user.id()));
        }
    }

    /** Returns other users whose username begins with a text in lower case, or a word of whose display name does. */
    public List<User> people(User viewer, String name, int limit) {
        return store.people(viewer.id(), name, limit);
    }

    /** The profile, if there is a user with this name. */
    public Optional<Profile> find(String username) {
        return store.profile(username);
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
        bus.publish(new EventBus.Event.UserRenamed(user.id()));
    }

    public void removeAvatar(User user) {
        if (store.removeAvatar(user.id())) {
            bus.publish(new EventBus.Event.UserRenamed(user.id()));
        }
    }

    private void refuseImpersonation(User user, DisplayName name) {
        boolean impersonates = store.profile(name.lookalike())
                .filter(other -> !other.user().id().equals(user.id()))
                .isPresent();
        if (impersonates) {
            throw new ChatException(ChatException.Kind.TAKEN, "refusal.name.other");
        }
    }
}
