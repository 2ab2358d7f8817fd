package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.User;

/**
 * Keeping the peace in a room; had from {@link MembershipService#moderation} and the proof of being allowed to. What somebody
 * writes after they have been muted is refused, over whichever door and whenever they came in. Not kept longer than a
 * request.
 */
public final class Moderation {
    private final Room room;
    private final User moderator;
    private final MembershipService memberships;
    private final MembershipStore members;

    Moderation(Room room, User moderator, MembershipService memberships, MembershipStore members) {
        this.room = room;
        this.moderator = moderator;
        this.memberships = memberships;
        this.members = members;
    }

    /** @throws ChatException FORBIDDEN for the owner and for operators, INVALID for somebody who is not a member */
    public void mute(User member) {
        if (!members.mute(room.id(), member.id(), moderator.id(), memberships.now())) {
            throw new ChatException(Kind.INVALID, member.username() + " is not a member of this room.");
        }
        memberships.changed(room.id(), member.id());
    }

    public void unmute(User member) {
        members.unmute(room.id(), member.id(), moderator.id(), memberships.now());
        memberships.changed(room.id(), member.id());
    }
}
