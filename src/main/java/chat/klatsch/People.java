package chat.klatsch;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountSettings;
import chat.klatsch.admin.AdminService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.export.PersonalExport;
import chat.klatsch.host.HostAccounts;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.program.Application;
import chat.klatsch.program.Programs;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Moderation;
import chat.klatsch.web.Services;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The people of the chat. Methods that take a person's id take that of {@link Person#id}: where the users are those of the
 * application around the chat, the application's id for them; in a chat with accounts of its own, the username, ignoring
 * case. Thread-safe. Every method may throw a {@link ChatException}: UNAVAILABLE while the database does not respond,
 * NOT_FOUND for an unknown id unless it says otherwise.
 */
public final class People {
    private final Application application;
    private final PersonalExport personalExport;
    private final HostAccounts hostAccounts;
    private final AccountService accounts;
    private final AccountSettings accountSettings;
    private final ProfileService profiles;
    private final MembershipService memberships;
    private final AdminService admin;
    private final InboxService inboxes;
    private final ChatRoomService rooms;
    private final UserSettings settings;
    private final String home;

    /** @param home the chat's URL with a trailing slash */
    People(Programs programs, Services services, HostAccounts hostAccounts, UserSettings settings, String home) {
        this.application = programs.application();
        this.personalExport = services.personalExport();
        this.hostAccounts = hostAccounts;
        this.accounts = services.accounts();
        this.accountSettings = services.accountSettings();
        this.profiles = services.profiles();
        this.memberships = services.memberships();
        this.admin = services.admin();
        this.inboxes = services.inboxes();
        this.rooms = services.rooms();
        this.settings = settings;
        this.home = home;
    }

    /**
     * Makes a user of the application known before their first visit, or changes what is known. Returns once a new avatar is
     * in place.
     *
     * @return the user's username in the chat
     * @throws IllegalStateException if the chat has accounts of its own
     */
    public String provision(HostUser user) {
        requireHosted();
        return hostAccounts.provision(user.account()).username();
    }

    /**
     * Makes an account that the chat had before it left its users to the application that of a user of the application, with
     * its messages, rooms and rights in them. Its sessions end. Nothing else matches accounts with users.
     *
     * @param username of the account, without regard to case
     * @throws IllegalStateException if the chat has accounts of its own
     * @throws ChatException NOT_FOUND for an unknown username, TAKEN if the account has an id or the id an account
     */
    public void adopt(String username, String hostId) {
        requireHosted();
        hostAccounts.adopt(username, hostId);
    }

    /**
     * Returns an address that signs a user of the application in, once and within a minute. Whoever opens it first is the
     * user, so it is for a redirect or a link on a page that only the user sees.
     *
     * @throws ChatException FORBIDDEN for a user whom an operator has banned
     * @throws IllegalStateException unless the chat was started with {@link ChatConfig#users(String)}
     */
    public String signInUrl(HostUser user) {
        application.requireOpen();
        return home + signIn(user);
    }

    /**
     * Returns an address that leads to a page of the chat. Otherwise like {@link #signInUrl(HostUser)}.
     *
     * @param next what the {@linkplain ChatConfig#users(String) page to sign in} got for {@code {next}}, or a path below the
     *     chat's. Anything else leads to the first page
     */
    public String signInUrl(HostUser user, String next) {
        application.requireOpen();
        return home + signIn(user) + "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    /**
     * Returns an address for the {@code src} of a frame, which signs the user in, once and within a minute, and shows a room
     * without the list of rooms. The user must be a member, or may join an open room there.
     *
     * @throws ChatException FORBIDDEN for a user whom an operator has banned
     * @throws IllegalStateException unless the chat was started with {@link ChatConfig#users(String)}
     */
    public String signInUrl(HostUser user, RoomId room) {
        application.requireOpen();
        return home + "embed/" + signIn(user) + "&next=/rooms/" + room;
    }

    private String signIn(HostUser user) {
        if (!settings.isByLinks()) {
            throw new IllegalStateException("only config.users(loginUrl) lets links sign users in");
        }
        return "signin?token=" + hostAccounts.issueToken(user.account());
    }

    /** Returns a person, or nothing for an unknown id. */
    public Optional<Person> find(String id) {
        return known(id).map(user -> persons(List.of(user)).get(0));
    }

    /**
     * Returns the number of unread messages that the list of rooms shows a person, for a badge of the application: of all
     * rooms, as the person has set them. 0 for an unknown id. Takes two short queries.
     */
    public long unread(String id) {
        return known(id).map(user -> inboxes.unread(user.id())).orElse(0L);
    }

    private Optional<User> known(String id) {
        try {
            return Optional.of(application.person(id));
        } catch (ChatException unknown) {
            if (unknown.kind() == ChatException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw unknown;
        }
    }

    /**
     * Replaces the avatar of a person, who can choose another one.
     *
     * @param image the bytes of a PNG, JPEG or GIF file
     * @throws ChatException as for an upload for a file that is refused
     */
    public void avatar(String id, byte[] image) {
        profiles.setAvatar(application.person(id), image);
    }

    /**
     * Ends all sessions of a person and, within a second, their connections on all nodes. Does nothing for an unknown id.
     * An application whose users they are ends its own session first, as its word would let the user in again.
     */
    public void signOut(String id) {
        application.requireOpen();
        if (settings.login().isPresent()) {
            hostAccounts.signOut(id);
        } else {
            accounts.find(id).ifPresent(accounts::signOutEverywhere);
        }
    }

    /**
     * Keeps a person out: ends all sessions and refuses new ones, whatever the application says later. The messages stay. The
     * audit log names the application.
     *
     * @param reason up to 200 characters, for operators
     * @throws ChatException INVALID for an operator, and for a reason that is too long
     */
    public void ban(String id, String reason) {
        admin.ban(application.user(), application.person(id), reason);
    }

    /** Undoes {@link #ban}. Does nothing for a person who is not banned. */
    public void unban(String id) {
        admin.unban(application.user(), application.person(id));
    }

    /**
     * Lets a member of a room only read there. The audit log names the application.
     *
     * @param reason up to 200 characters, which the person sees
     * @throws ChatException NOT_FOUND for an unknown room or a private chat, FORBIDDEN for operators and the room's owner,
     *     INVALID for somebody who is no member, and for a reason that is too long
     */
    public void mute(RoomId room, String id, String reason) {
        moderation(room).mute(application.person(id), reason);
    }

    /** Undoes {@link #mute}. Does nothing for a person who is not muted. */
    public void unmute(RoomId room, String id) {
        moderation(room).unmute(application.person(id));
    }

    private Moderation moderation(RoomId room) {
        return memberships.moderation(application.user(), application.room(room).asRoom());
    }

    /**
     * Deletes the account of a person, as they can do themselves in a chat with accounts of its own. Their messages stay, as
     * those of a deleted user; their rooms pass to the longest-standing members. Whoever the application names with the same
     * id later is a new person.
     *
     * @throws ChatException INVALID for the only operator, who is dismissed first
     */
    public void delete(String id) {
        accountSettings.delete(application.person(id));
    }

    /**
     * Writes what a person can download on the page of settings, as a ZIP file of JSON files in UTF-8: {@code account.json},
     * {@code rooms.json}, {@code mutes.json}, {@code invitations.json}, {@code messages.json}, {@code reactions.json} and
     * {@code unsent.json}, those in private chats included, and {@code avatar.jpg}. Neither passwords, sessions, messages that
     * are deleted nor the audit log are in it. Reads a page at a time, so that its length does not matter, and does not close
     * the stream. After an exception the file has no end, and no ZIP program takes it for complete.
     *
     * @throws IOException if the stream throws it
     */
    public void export(String id, OutputStream out) throws IOException {
        personalExport.write(application.person(id), out);
    }

    /** Returns the people who have any page of the chat open, on whatever node, by username. */
    public List<Person> online() {
        return persons(application.users(inboxes.online()));
    }

    /**
     * Returns the people who have a room open, on whatever node, by username. Takes a second where nobody on this node has it
     * open and other nodes must be asked.
     *
     * @throws ChatException NOT_FOUND for an unknown room or a private chat
     */
    public List<Person> online(RoomId room) {
        return persons(application.users(rooms.present(application.room(room).id())));
    }

    private List<Person> persons(Collection<User> users) {
        Map<UserId, String> ids = application.ids(users);
        return users.stream().map(user -> Person.of(user, ids)).toList();
    }

    private void requireHosted() {
        application.requireOpen();
        if (settings.login().isEmpty()) {
            throw new IllegalStateException("the users are the chat's own, unless config.users says otherwise");
        }
    }
}
