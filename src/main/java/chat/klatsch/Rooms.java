package chat.klatsch;

import chat.klatsch.admin.AdminService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.program.Application;
import chat.klatsch.program.ProgramRoom;
import chat.klatsch.program.ProgramRoomStore;
import chat.klatsch.program.Programs;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.web.Services;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates, finds and changes rooms, as the owner of a room and operators may; open pages are updated. Private chats are not
 * found. Thread-safe. Every method may throw a {@link ChatException}: UNAVAILABLE while the database does not respond,
 * NOT_FOUND for an unknown room or {@linkplain Person person}.
 */
public final class Rooms {
    private static final int MAX_KEY_LENGTH = 200;
    private static final int MAX_PAGE = 1_000;

    private final Application application;
    private final ProgramRoomStore rooms;
    private final MembershipService memberships;
    private final AdminService admin;
    private final Clock clock;
    private final String home;

    /** @param home the chat's URL with a trailing slash */
    Rooms(Programs programs, Services services, String home) {
        this.application = programs.application();
        this.rooms = programs.rooms();
        this.memberships = services.memberships();
        this.admin = services.admin();
        this.clock = services.clock();
        this.home = home;
    }

    /**
     * Returns the address of a room without the list of rooms, for a frame of 320 pixels and up. It is a URL, or a path on
     * the host of the app in which the chat is mounted. The frame shows the room to its members who are signed in, on pages
     * of the sites that {@link ChatConfig#frameAncestors} names.
     */
    public String embedUrl(RoomId room) {
        application.requireOpen();
        return home + "embed/rooms/" + room;
    }

    /**
     * Creates a room without members, which the application owns.
     *
     * @param kind OPEN or CLOSED
     * @throws ChatException INVALID for a name that is blank or too long, TAKEN if both are open and have similar names
     */
    public ChatRoom create(ChatRoom.Kind kind, String name) {
        return create(kind, name, "");
    }

    /**
     * Creates a room unless there is one with this key, which is returned as it is, also if another node creates it at the
     * same time. Otherwise like {@link #create(ChatRoom.Kind, String)}.
     *
     * @param key up to 200 characters that only programs see, such as {@code order-17}
     */
    public ChatRoom create(ChatRoom.Kind kind, String name, String key) {
        if (kind == ChatRoom.Kind.LOBBY) {
            throw new IllegalArgumentException("there is one lobby");
        }
        if (key.length() > MAX_KEY_LENGTH || key.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a key has up to " + MAX_KEY_LENGTH + " printable characters");
        }
        RoomName valid = new RoomName(name);
        UserId owner = application.user().id();
        Optional<ProgramRoom> known = key.isEmpty() ? Optional.empty() : rooms.find(key);
        if (known.isPresent()) {
            return ChatRoom.of(known.get());
        }
        RoomId id = RoomId.random();
        Room.Kind stored = kind == ChatRoom.Kind.OPEN ? Room.Kind.OPEN : Room.Kind.CLOSED;
        rooms.create(id, stored, valid, key, owner, clock.instant());
        return ChatRoom.of((key.isEmpty() ? rooms.find(id) : rooms.find(key)).orElseThrow(ChatException::roomNotFound));
    }

    /** Returns a room. */
    public Optional<ChatRoom> find(RoomId room) {
        application.requireOpen();
        return rooms.find(room).map(ChatRoom::of);
    }

    /** Returns the room that was created with this key. */
    public Optional<ChatRoom> find(String key) {
        application.requireOpen();
        return rooms.find(key).map(ChatRoom::of);
    }

    /** Returns the rooms of a person by name, the lobby first. */
    public List<ChatRoom> of(String person) {
        return rooms.of(application.person(person).id()).stream()
                .map(ChatRoom::of)
                .toList();
    }

    /**
     * Renames an open or closed room.
     *
     * @throws ChatException FORBIDDEN for the lobby, INVALID and TAKEN as for a new room
     */
    public void rename(RoomId room, String name) {
        rooms.rename(group(room), new RoomName(name));
        application.publishChange(room);
    }

    /**
     * Changes an open room to one that only invited users join. Does nothing for a closed one. The audit log names the
     * application.
     *
     * @throws ChatException FORBIDDEN for the lobby
     */
    public void close(RoomId room) {
        admin.close(application.user(), group(room));
    }

    /**
     * Deletes an open or closed room and all its messages for good. The audit log names the application.
     *
     * @throws ChatException FORBIDDEN for the lobby
     */
    public void delete(RoomId room) {
        admin.delete(application.user(), group(room));
    }

    /**
     * Makes a person a member of an open or closed room without asking. Does nothing for a member. In the browser, owners can
     * only invite.
     *
     * @throws ChatException FORBIDDEN for the lobby
     */
    public void add(RoomId room, String person) {
        memberships.add(group(room), application.person(person));
    }

    /**
     * Removes a member from an open or closed room. The person cannot join again without being added or invited. Does nothing
     * for somebody who is no member.
     *
     * @throws ChatException FORBIDDEN for the lobby, and for the owner of the room
     */
    public void remove(RoomId room, String person) {
        RoomId group = group(room);
        User user = application.person(person);
        memberships.remove(application.user().id(), group, user);
    }

    /**
     * Returns the first members in the order of their usernames.
     *
     * @param after the username of the last one of the page before, or an empty text
     * @param limit 1 to 1000
     */
    public List<Person> members(RoomId room, String after, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " members");
        }
        List<User> members = memberships.members(application.room(room).asRoom(), after, limit);
        Map<UserId, String> ids = application.ids(members);
        return members.stream().map(member -> Person.of(member, ids)).toList();
    }

    private RoomId group(RoomId room) {
        if (!application.room(room).asRoom().isGroup()) {
            throw new ChatException(ChatException.Kind.FORBIDDEN, "refusal.public.room");
        }
        return room;
    }
}
