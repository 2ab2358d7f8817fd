package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RandomToken;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of a group may do with it; had from {@link MembershipService#ownership} and the proof of being the owner.
 * Everybody's screens follow within a moment. Not kept longer than a request.
 */
public final class Ownership {
    private final UserId owner;
    private final Room room;
    private final MembershipService memberships;
    private final RoomStore rooms;

    Ownership(UserId owner, Room room, MembershipService memberships, RoomStore rooms) {
        this.owner = owner;
        this.room = room;
        this.memberships = memberships;
        this.rooms = rooms;
    }

    /**
     * Renames it, opens or closes it, and says who may join.
     *
     * @throws ChatException TAKEN when there is an open room of that name
     */
    public void change(RoomName name, boolean open, boolean verifiedOnly) {
        rooms.change(owner, room.id(), name, open ? Room.Kind.OPEN : Room.Kind.CLOSED, verifiedOnly);
        memberships.changed(room.id());
    }

    /** Makes somebody a member, without asking them: they may leave. */
    public void add(User user) {
        memberships.add(room.id(), user);
    }

    /**
     * Puts somebody out, who may know the invitation: it is not good any more.
     *
     * @throws ChatException FORBIDDEN for the owner, INVALID for somebody who is not a member
     */
    public void remove(User member) {
        if (!memberships.membersAmong(room.id(), List.of(member.id())).contains(member.id())) {
            throw new ChatException(Kind.INVALID, member.username() + " is not a member of this room.");
        }
        if (room.isOwnedBy(member)) {
            throw Room.ownerStays();
        }
        rooms.revokeInvitation(owner, room.id());
        memberships.remove(room.id(), member);
    }

    /** @throws ChatException INVALID for somebody who is not a member */
    public void transfer(User member) {
        if (!rooms.transfer(owner, room.id(), member.id())) {
            throw new ChatException(Kind.INVALID, "A room can be given to one of its members only.");
        }
        memberships.changed(room.id());
    }

    /** The invitation that is good now. */
    public Optional<Invitation> invitation() {
        return rooms.invitation(room.id(), memberships.now());
    }

    /** A new invitation; the one before is not good any more. */
    public Invitation invite() {
        Invitation invitation = new Invitation(
                RandomToken.ofBits(MembershipService.SECRET), memberships.now().plus(MembershipService.INVITED));
        rooms.invite(owner, room.id(), invitation);
        return invitation;
    }

    public void revokeInvitation() {
        rooms.revokeInvitation(owner, room.id());
    }

    /** The room and everything said in it, for good. */
    public void delete() {
        rooms.delete(owner, room.id());
        memberships.changed(room.id());
    }
}
