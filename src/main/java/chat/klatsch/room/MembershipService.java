package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.Slice;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.PresenceReport;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of rooms, and the permissions to change them. To a user who is not a member a room does not exist, unless
 * it is open or the user has an invitation. Thread-safe.
 */
public final class MembershipService {
    /** The number of open rooms on a page. */
    private static final int PAGE = 50;

    private final RoomStore rooms;
    private final MembershipStore members;
    private final Invitations invitations;
    private final PrivateChats privateChats;
    private final EventBus bus;
    private final Clock clock;

    public MembershipService(
            RoomStore rooms, MembershipStore members, InvitationStore invitations, EventBus bus, Clock clock) {
        this.rooms = rooms;
        this.members = members;
        this.invitations = new Invitations(invitations, this, clock);
        this.privateChats = new PrivateChats(rooms, this, clock);
        this.bus = bus;
        this.clock = clock;
    }

    /** Returns the user's rooms in the order in which they are listed. */
    public List<Membership> roomsOf(User member) {
        return rooms.membershipsOf(member.id(), clock.instant());
    }

    /** @throws ChatException NOT_FOUND if the user is not a member */
    public Room room(User member, RoomId id) {
        return roomIfMember(member, id).orElseThrow(ChatException::roomNotFound);
    }

    /** Returns the room if the user is a member. */
    public Optional<Room> roomIfMember(User member, RoomId id) {
        return rooms.room(member.id(), id);
    }

    /** Returns those of the users who are members of the room, with their current names. */
    public List<User> members(RoomId room, Collection<UserId> users) {
        return members.members(room, users);
    }

    /** Returns those of the users who are members of each room. */
    public Map<RoomId, Set<UserId>> membersAmong(Collection<RoomId> rooms, Collection<UserId> users) {
        return members.membersAmong(rooms, users);
    }

    public Invitations invitations() {
        return invitations;
    }

    public PrivateChats privateChats() {
        return privateChats;
    }

    /** Returns a page of the open rooms that a search finds, those with the most members first. */
    public Slice<RoomPreview> openRooms(RoomSearch search, Optional<RoomId> after) {
        return Slice.of(rooms.openRooms(search, after, PAGE + 1), PAGE);
    }

    /** Returns the room if it is open or the user is invited. */
    public Optional<RoomPreview> preview(User user, RoomId id) {
        return rooms.preview(id, user.id(), clock.instant());
    }

    /**
     * Creates a group under a new id.
     *
     * @throws ChatException TAKEN if an open room has the name
     */
    public void create(RoomId id, User owner, RoomName name, boolean open) {
        rooms.create(id, name, open ? Room.Kind.OPEN : Room.Kind.CLOSED, owner.id(), clock.instant());
        publishChange(id, owner.id());
    }

    /**
     * Joins a room. Does nothing for a member.
     *
     * @param invitation an invitation code, or empty
     * @throws ChatException NOT_FOUND if the room is not open, the user not invited and the code not valid, FORBIDDEN if the
     *     room requires a verified email address and the user has none, or if the owner has removed the user
     */
    public void join(User user, boolean verified, RoomId room, String invitation) {
        if (rooms.room(user.id(), room).isPresent()) {
            return;
        }
        RoomPreview preview = preview(user, room)
                .or(() -> invitations
                        .byLink(invitation)
                        .map(LinkInvitation::room)
                        .filter(invited -> invited.id().equals(room)))
                .orElseThrow(ChatException::roomNotFound);
        if (preview.verifiedOnly() && !verified) {
            throw new ChatException(Kind.FORBIDDEN, "refusal.unverified");
        }
        if (members.admit(room, user.id(), invitation, clock.instant())) {
            publishChange(room, user.id());
        }
    }

    /** @throws ChatException FORBIDDEN for the owner, and in public and direct rooms */
    public void leave(User member, Room room) {
        if (!room.isGroup()) {
            throw new ChatException(Kind.FORBIDDEN, "refusal.leave");
        }
        if (members.leave(room.id(), member.id(), clock.instant())) {
            publishChange(room.id(), member.id());
        }
    }

    /** Returns the first members after a username. */
    public List<User> members(Room room, String after, int limit) {
        return members.members(room.id(), after, limit);
    }

    /** Returns the first members whose username begins so, or a word of whose display name does. */
    public List<User> named(Room room, String start, int limit) {
        return members.named(room.id(), start, limit);
    }

    /** Returns those of the users who are operators. */
    public Set<UserId> operatorsAmong(Collection<User> users) {
        return members.operatorsAmong(users.stream().map(User::id).toList());
    }

    public Optional<RoomSummary> summary(RoomId room) {
        return members.summary(room, PresenceReport.MAX_SHOWN);
    }

    /** Returns the owner's actions. @throws ChatException FORBIDDEN if the user is not the owner */
    public Ownership ownership(User owner, Room room) {
        if (!room.isGroup() || !room.isOwnedBy(owner)) {
            throw Room.ownersOnly();
        }
        return new Ownership(owner.id(), room, this, rooms);
    }

    /** Returns the member's own choices for the room. */
    public RoomPreferences preferences(User member, Room room) {
        return new RoomPreferences(member, room, this, members);
    }

    /** Returns a moderator's actions. @throws ChatException FORBIDDEN if the user is not a moderator of the room */
    public Moderation moderation(User moderator, Room room) {
        if (!room.isModeratedBy(moderator)) {
            throw Room.moderatorsOnly();
        }
        return new Moderation(room, moderator, this, members, clock);
    }

    /**
     * Adds a user to a group without asking, for programs.
     *
     * @throws ChatException NOT_FOUND if the room does not exist, FORBIDDEN in public and direct rooms
     */
    public void add(RoomId room, User user) {
        Room.Kind kind = members.summary(room, 0).map(RoomSummary::kind).orElseThrow(ChatException::roomNotFound);
        if (kind != Room.Kind.OPEN && kind != Room.Kind.CLOSED) {
            throw new ChatException(Kind.FORBIDDEN, "refusal.add");
        }
        if (members.join(room, user.id(), clock.instant())) {
            publishChange(room, user.id());
        }
    }

    /**
     * Removes a member of a group for its owner, or for the application around the chat. Returns false if the user was not a
     * member.
     *
     * @throws ChatException FORBIDDEN for a former owner, and if the user is the owner
     */
    public boolean remove(UserId owner, RoomId room, User user) {
        boolean removed = members.remove(owner, room, user.id(), clock.instant());
        if (removed) {
            publishChange(room, user.id());
        }
        return removed;
    }

    /** Publishes that the user's membership in the room has changed. */
    void publishChange(RoomId room, UserId user) {
        bus.publish(new EventBus.Event.RoomChanged(room, user));
    }

    /** Publishes that the room has changed for all members. */
    void publishChange(RoomId room) {
        bus.publish(new EventBus.Event.RoomChanged(room, null));
    }
}
