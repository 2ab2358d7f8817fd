package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import java.util.Optional;

/**
 * Who people say they are. A change shows on every page that is made afterwards, and in what the person writes from then
 * on. Pages that are open take up a new name with the person's next message, and the list of who is here when the
 * person comes into the room again, which leaving the settings does. Clocks change with the next page. They keep a picture for as long as
 * browsers keep it. A program that posts through a WebSocket goes by the name with which it connected. Thread-safe.
 */
public final class ProfileService {
    private final ProfileStore store;
    private final AvatarProcessor avatarProcessor;

    public ProfileService(ProfileStore store, AvatarProcessor avatarProcessor) {
        this.store = store;
        this.avatarProcessor = avatarProcessor;
    }

    /** @throws ChatException NOT_FOUND when nobody has this username */
    public Profile named(String username) {
        return store.profile(username)
                .orElseThrow(() -> new ChatException(ChatException.Kind.NOT_FOUND, "Nobody is called that."));
    }

    /** @throws ChatException TAKEN for a name that could be taken for the username of somebody else */
    public void introduce(User user, ProfileEdit profileEdit) {
        profileEdit.name().ifPresent(name -> refuseImpersonation(user, name));
        store.introduce(user.id(), profileEdit);
    }

    /** Changes the display name and nothing else. @throws ChatException TAKEN as above */
    public void rename(User user, Optional<DisplayName> name) {
        name.ifPresent(chosen -> refuseImpersonation(user, chosen));
        store.rename(user.id(), name);
    }

    /** The picture that the person with this username has given, if there are such a person and such a picture. */
    public Optional<Avatar> picture(String username) {
        return store.picture(username);
    }

    /** @throws ChatException as {@link AvatarProcessor#portrait} says; the picture before stays then */
    public void portray(User user, byte[] file) {
        store.portray(user.id(), avatarProcessor.portrait(file));
    }

    public void removePicture(User user) {
        store.removePicture(user.id());
    }

    private void refuseImpersonation(User user, DisplayName name) {
        boolean anothers = store.profile(name.lookalike())
                .filter(other -> !other.user().id().equals(user.id()))
                .isPresent();
        if (anothers) {
            throw new ChatException(ChatException.Kind.TAKEN, "Somebody else has this as their username.");
        }
    }
}
