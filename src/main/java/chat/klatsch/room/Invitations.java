package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RandomToken;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Invitations, by name and by link. Nobody becomes a member of a group without joining it: an owner invites, and the user accepts by
 * joining or declines. Thread-safe.
 */
public final class Invitations {
    /** The time for which an invitation is valid. */
    public static final Duration LIFETIME = Duration.ofDays(7);

    private static final int LINK_BITS = 128;

    private final InvitationStore store;
    private final MembershipService memberships;
    private final Clock clock;

    Invitations(InvitationStore store, MembershipService memberships, Clock clock) {
        this.store = store;
        this.memberships = memberships;
        this.clock = clock;
    }

    /** Returns the user's invitations, the newest first. */
    public List<ReceivedInvitation> of(User user) {
        return store.of(user.id(), clock.instant());
    }

    /** Returns who has invited the user to the room. */
    public Optional<User> inviter(User user, RoomId room) {
        return store.inviter(room, user.id(), clock.instant());
    }

    /** Declines an invitation. For a while, neither its sender nor the room's owner can invite the user again. */
    public void decline(User user, RoomId room) {
        if (!store.decline(room, user.id(), clock.instant())) {
            throw ChatException.roomNotFound();
        }
        memberships.publishChange(room, user.id());
    }

    void invite(UserId owner, RoomId room, User user) {
        if (store.invite(owner, room, user, clock.instant())) {
            memberships.publishChange(room, user.id());
        }
    }

    /** Returns false if the user is not invited. */
    boolean withdraw(UserId owner, RoomId room, User user) {
        boolean withdrawn = store.withdraw(owner, room, user.id(), clock.instant());
        if (withdrawn) {
            memberships.publishChange(room, user.id());
        }
        return withdrawn;
    }

    List<User> invited(RoomId room) {
        return store.invited(room, clock.instant());
    }

    /** Returns what a link leads to, unless its code is invalid or has expired. */
    public Optional<LinkInvitation> byLink(String code) {
        return store.byLink(code, clock.instant());
    }

    /** Returns the room of a link. @throws ChatException NOT_FOUND if the code is invalid or has expired */
    public RoomPreview roomOf(String code) {
        return byLink(code)
                .map(LinkInvitation::room)
                .orElseThrow(() -> new ChatException(ChatException.Kind.NOT_FOUND, "refusal.invitation.expired"));
    }

    Optional<Invitation> link(RoomId room) {
        return store.link(room, clock.instant());
    }

    Invitation addLink(UserId owner, RoomId room) {
        Invitation link =
                new Invitation(RandomToken.ofBits(LINK_BITS), clock.instant().plus(LIFETIME));
        store.addLink(owner, room, link);
        return link;
    }

    void removeLink(UserId owner, RoomId room) {
        store.removeLink(owner, room);
    }
}
