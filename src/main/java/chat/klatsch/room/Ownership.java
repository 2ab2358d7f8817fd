package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Optional;

/**
 * An owner's actions in a group, handed out by {@link MembershipService#ownership} as proof of permission. Open pages are
 * updated live. Valid for one request.
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
     * Changes the name, the kind and the condition for joining.
     *
     * @throws ChatException TAKEN if an open room has the name
     */
    public void change(RoomName name, boolean open, boolean verifiedOnly) {
        rooms.change(owner, room.id(), name, open ? Room.Kind.OPEN : Room.Kind.CLOSED, verifiedOnly);
        memberships.publishChange(room.id());
    }

    /**
     * Invites a user, who joins or declines. Does nothing for a member, and for a user who is invited already.
     *
     * @throws ChatException FORBIDDEN if the user has declined an invitation lately, INVALID if there are too many
     */
    public void invite(User user) {
        memberships.invitations().invite(owner, room.id(), user);
    }

    /** Returns the users who are invited by name and have not answered, by username. */
    public List<User> invited() {
        return memberships.invitations().invited(room.id());
    }

    /**
     * Removes a member and revokes the invitation link, which the member may know. Until the owner invites the user again,
     * the user cannot join. Withdraws the invitation of a user who is no member yet.
     *
     * @throws ChatException FORBIDDEN for the owner, INVALID if the user is neither a member nor invited
     */
    public void remove(User member) {
        if (room.isOwnedBy(member)) {
            throw Room.ownerStays();
        }
        if (!memberships.remove(owner, room.id(), member)
                && !memberships.invitations().withdraw(owner, room.id(), member)) {
            throw new ChatException(Kind.INVALID, "refusal.member.none", member.username());
        }
    }

    /** @throws ChatException INVALID if the user is not a member */
    public void requireSuccessor(User member) {
        if (memberships.roomIfMember(member, room.id()).isEmpty()) {
            throw noSuccessor();
        }
    }

    private static ChatException noSuccessor() {
        return new ChatException(Kind.INVALID, "refusal.successor.none");
    }

    /** Makes another member the owner. @throws ChatException INVALID if the user is not a member */
    public void transfer(User member) {
        if (!rooms.transfer(owner, room.id(), member.id())) {
            throw noSuccessor();
        }
        memberships.publishChange(room.id());
    }

    /** Returns the valid invitation, if there is one. */
    public Optional<Invitation> invitation() {
        return memberships.invitations().link(room.id());
    }

    /** Creates an invitation, which replaces the current one. */
    public Invitation invite() {
        return memberships.invitations().addLink(owner, room.id());
    }

    public void revokeInvitation() {
        memberships.invitations().removeLink(owner, room.id());
    }

    /** Deletes the room and its messages for good. */
    public void delete() {
        rooms.delete(owner, room.id());
        memberships.publishChange(room.id());
    }
}
