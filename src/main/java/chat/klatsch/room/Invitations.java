package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Invitations by name. Nobody becomes a member of a group without joining it: an owner invites, and the user accepts by
 * joining or declines. Thread-safe.
 */
public final class Invitations {
    private final InvitationStore store;
    private final MembershipService memberships;

    Invitations(InvitationStore store, MembershipService memberships) {
        this.store = store;
        this.memberships = memberships;
    }

    /** Returns the user's invitations, the newest first. */
    public List<ReceivedInvitation> of(User user) {
        return store.of(user.id(), memberships.now());
    }

    /** Returns who has invited the user to the room. */
    public Optional<User> inviter(User user, RoomId room) {
        return store.inviter(room, user.id(), memberships.now());
    }

    /** Declines an invitation. For a while, neither its sender nor the room's owner can invite the user again. */
    public void decline(User user, RoomId room) {
        if (!store.decline(room, user.id(), memberships.now())) {
            throw ChatException.roomNotFound();
        }
        memberships.publishChange(room, user.id());
    }

    void invite(UserId owner, RoomId room, User user) {
        if (store.invite(owner, room, user, memberships.now())) {
            memberships.publishChange(room, user.id());
        }
    }

    /** Returns false if the user is not invited. */
    boolean withdraw(UserId owner, RoomId room, User user) {
        boolean withdrawn = store.withdraw(owner, room, user.id(), memberships.now());
        if (withdrawn) {
            memberships.publishChange(room, user.id());
        }
        return withdrawn;
    }

    List<User> invited(RoomId room) {
        return store.invited(room, memberships.now());
    }
}
