package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RandomToken;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.PresenceReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who belongs to which room, and who may change that. A room that somebody does not belong to does not exist for them,
 * unless it is open or they know its invitation. Thread-safe.
 */
public final class MembershipService {
    /** For how long an invitation is good. */
    public static final Duration INVITED = Duration.ofDays(7);

    /** The bits in a room's id and in an invitation. */
    static final int SECRET = 128;

    /** More open rooms than this are not listed. */
    private static final int LISTED = 500;

    private final RoomStore rooms;
    private final MembershipStore members;
    private final EventBus bus;
    private final Clock clock;

    public MembershipService(RoomStore rooms, MembershipStore members, EventBus bus, Clock clock) {
        this.rooms = rooms;
        this.members = members;
        this.bus = bus;
        this.clock = clock;
    }

    /** The rooms that this person belongs to, in the order in which they are listed. */
    public List<Membership> roomsOf(User member) {
        return rooms.membershipsOf(member.id());
    }

    /** @throws ChatException NOT_FOUND where this person does not belong */
    public Room room(User member, RoomId id) {
        return roomIfMember(member, id).orElseThrow(ChatException::roomNotFound);
    }

    /** The room, if this person belongs to it. */
    public Optional<Room> roomIfMember(User member, RoomId id) {
        return rooms.room(member.id(), id);
    }

    /** Those of these people who belong to the room. */
    public Set<UserId> membersAmong(RoomId room, Collection<UserId> people) {
        return members.membersAmong(room, people);
    }

    /** Those of these people who belong to each of these rooms. */
    public Map<RoomId, Set<UserId>> membersAmong(Collection<RoomId> rooms, Collection<UserId> people) {
        return members.membersAmong(rooms, people);
    }

    /** The rooms that anybody may join. */
    public List<RoomPreview> openRooms() {
        return rooms.openRooms(LISTED);
    }

    /** A room that anybody may join. */
    public Optional<RoomPreview> openRoom(RoomId id) {
        return rooms.openRoom(id);
    }

    /** The room that an invitation leads into. @throws ChatException NOT_FOUND for one that is not good, or no longer */
    public RoomPreview invited(String code) {
        return rooms.invited(code, clock.instant())
                .orElseThrow(() -> new ChatException(
                        Kind.NOT_FOUND, "This invitation has expired or was taken back. Please ask for another."));
    }

    /**
     * Makes a room that belongs to this person.
     *
     * @throws ChatException TAKEN when there is an open room of that name
     */
    public RoomId create(User owner, RoomName name, boolean open) {
        RoomId id = new RoomId(RandomToken.ofBits(SECRET));
        rooms.create(id, name, open ? Room.Kind.OPEN : Room.Kind.CLOSED, owner.id(), clock.instant());
        changed(id, owner.id());
        return id;
    }

    /** The private chat of these two; there is one, however many ask for it at the same time. */
    public RoomId direct(User one, User other) {
        if (one.id().equals(other.id())) {
            throw new ChatException(Kind.INVALID, "A private chat takes two.");
        }
        RoomId ifNew = new RoomId(RandomToken.ofBits(SECRET));
        RoomId room = rooms.direct(ifNew, one.id(), other.id(), clock.instant());
        if (room.equals(ifNew)) {
            changed(room, one.id());
            changed(room, other.id());
        }
        return room;
    }

    /**
     * Lets somebody in who wants to.
     *
     * @param invitation the code of one, or empty
     * @throws ChatException NOT_FOUND for a room that is neither open nor invited to, FORBIDDEN for one that wants a
     *     verified e-mail address from somebody without
     */
    public void join(User user, boolean verified, RoomId room, String invitation) {
        if (rooms.room(user.id(), room).isPresent()) {
            return;
        }
        RoomPreview door = rooms.openRoom(room)
                .or(() -> rooms.invited(invitation, clock.instant())
                        .filter(invited -> invited.id().equals(room)))
                .orElseThrow(ChatException::roomNotFound);
        if (door.verifiedOnly() && !verified) {
            throw new ChatException(
                    Kind.FORBIDDEN, "This room is for people with a verified e-mail address. Yours is not, yet.");
        }
        if (members.admit(room, user.id(), invitation, clock.instant())) {
            changed(room, user.id());
        }
    }

    /** @throws ChatException FORBIDDEN for its owner and where nobody leaves */
    public void leave(User member, Room room) {
        if (!room.isGroup()) {
            throw new ChatException(Kind.FORBIDDEN, "Nobody leaves this room.");
        }
        remove(room.id(), member);
    }

    /** The members by username, those after one, a page at most. */
    public List<User> members(Room room, String after, int limit) {
        return members.members(room.id(), after, limit);
    }

    /** What everybody in a room sees of it. */
    public Optional<RoomSummary> summary(RoomId room) {
        return members.summary(room, PresenceReport.SHOWN);
    }

    /** What only a room's owner does. @throws ChatException FORBIDDEN for anybody else */
    public Ownership ownership(User owner, Room room) {
        if (!room.isGroup() || !room.isOwnedBy(owner)) {
            throw Room.ownersOnly();
        }
        return new Ownership(owner.id(), room, this, rooms);
    }

    /** What keeps the peace in a room. @throws ChatException FORBIDDEN for whoever is neither its owner nor an operator */
    public Moderation moderation(User moderator, Room room) {
        if (!room.isModeratedBy(moderator)) {
            throw new ChatException(Kind.FORBIDDEN, "Only the owner of a room or an operator may do that.");
        }
        return new Moderation(room, moderator, this, members);
    }

    void add(RoomId room, User user) {
        if (members.join(room, user.id(), clock.instant())) {
            changed(room, user.id());
        }
    }

    /** Whether they have been one. @throws ChatException FORBIDDEN for the owner */
    boolean remove(RoomId room, User user) {
        boolean removed = members.leave(room, user.id());
        if (removed) {
            changed(room, user.id());
        }
        return removed;
    }

    /** Lets everybody know that the room or its people have changed. */
    void changed(RoomId room, UserId user) {
        bus.publish(new EventBus.Event.RoomChanged(room, user));
    }

    void changed(RoomId room) {
        bus.publish(new EventBus.Event.RoomChanged(room, null));
    }

    Instant now() {
        return clock.instant();
    }
}
