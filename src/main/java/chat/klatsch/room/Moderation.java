package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.User;
import java.time.Clock;

/**
 * A moderator's actions in a room, handed out by {@link MembershipService#moderation} as proof of permission. Posts of a
 * muted user are refused immediately, on open connections too. Valid for one request.
 */
public final class Moderation {
    private final Room room;
    private final User moderator;
    private final MembershipService memberships;
    private final MembershipStore members;
    private final Clock clock;

    Moderation(Room room, User moderator, MembershipService memberships, MembershipStore members, Clock clock) {
        this.room = room;
        this.moderator = moderator;
        this.memberships = memberships;
        this.members = members;
        this.clock = clock;
    }

    /**
     * Mutes a member, who learns the reason.
     *
     * @param reason may be empty
     * @throws ChatException FORBIDDEN for the owner and for operators, INVALID if the user is not a member, and for a reason
     *     that is too long
     */
    public void mute(User member, String reason) {
        String line = NormalText.line(reason);
        if (line.codePointCount(0, line.length()) > Room.MAX_REASON_LENGTH) {
            throw ChatException.invalid("refusal.reason.long", Room.MAX_REASON_LENGTH);
        }
        if (!members.mute(room.id(), member.id(), moderator.id(), line, clock.instant())) {
            throw new ChatException(Kind.INVALID, "refusal.member.none", member.username());
        }
        memberships.publishChange(room.id(), member.id());
    }

    public void unmute(User member) {
        members.unmute(room.id(), member.id(), moderator.id(), clock.instant());
        memberships.publishChange(room.id(), member.id());
    }
}
