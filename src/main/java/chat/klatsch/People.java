package chat.klatsch;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.host.HostAccounts;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.profile.ProfileService;

/**
 * The users of the application around the chat. Thread-safe. Every method may throw a {@link ChatException} UNAVAILABLE
 * while the database does not respond, and throws an IllegalStateException if the chat has accounts of its own.
 */
public final class People {
    private final HostAccounts accounts;
    private final ProfileService profiles;
    private final InboxService inboxes;
    private final UserSettings settings;
    private final String home;

    /** @param home the chat's URL with a trailing slash */
    People(HostAccounts accounts, ProfileService profiles, InboxService inboxes, UserSettings settings, String home) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.inboxes = inboxes;
        this.settings = settings;
        this.home = home;
    }

    /**
     * Makes a user known before their first visit, or changes what is known.
     *
     * @return the user's username in the chat
     */
    public String provision(HostUser user) {
        requireHosted();
        return accounts.provision(user.account()).username();
    }

    /**
     * Returns an address that signs the user in, once and within a minute. Whoever opens it first is the user, so it is
     * for a redirect or a link on a page that only the user sees.
     *
     * @throws ChatException FORBIDDEN for a user whom an operator has banned
     * @throws IllegalStateException unless the chat was started with {@link ChatConfig#users(String)}
     */
    public String signInUrl(HostUser user) {
        return home + signIn(user);
    }

    /**
     * Returns an address for the {@code src} of a frame, which signs the user in, once and within a minute, and shows a room
     * without the list of rooms. The user must be a member, or may join an open room there.
     *
     * @throws ChatException FORBIDDEN for a user whom an operator has banned
     * @throws IllegalStateException unless the chat was started with {@link ChatConfig#users(String)}
     */
    public String signInUrl(HostUser user, RoomId room) {
        return home + "embed/" + signIn(user) + "&next=/rooms/" + room;
    }

    private String signIn(HostUser user) {
        if (!settings.isByLinks()) {
            throw new IllegalStateException("only config.users(loginUrl) lets links sign users in");
        }
        return "signin?token=" + accounts.issueToken(user.account());
    }

    /**
     * Replaces the avatar of a user, who can choose another one.
     *
     * @param image the bytes of a PNG, JPEG or GIF file
     * @throws ChatException NOT_FOUND for an unknown id, and as for an upload for a file that is refused
     */
    public void avatar(String hostId, byte[] image) {
        requireHosted();
        profiles.setAvatar(accounts.known(hostId), image);
    }

    /**
     * Returns the number of unread messages that the list of rooms shows a user, for a badge of the application: of all rooms, as
     * the user has set them. 0 for an unknown id. Takes two short queries.
     */
    public long unread(String hostId) {
        requireHosted();
        return accounts.find(hostId).map(user -> inboxes.unread(user.id())).orElse(0L);
    }

    /**
     * Ends all sessions of a user and, within a second, their connections on all nodes. Does nothing for an unknown id.
     * The application ends its own session first, as its word would let the user in again.
     */
    public void signOut(String hostId) {
        requireHosted();
        accounts.signOut(hostId);
    }

    private void requireHosted() {
        if (settings.login().isEmpty()) {
            throw new IllegalStateException("the users are the chat's own, unless config.users says otherwise");
        }
    }
}
