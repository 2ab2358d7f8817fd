package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where it is kept who belongs to which room. Thread-safe; every method may throw {@link ChatException} UNAVAILABLE. */
public interface MembershipStore {
    /**
     * Whether they have become a member just now; they have seen what was said before.
     *
     * @throws ChatException NOT_FOUND when there is no such room
     */
    boolean join(RoomId room, UserId user, Instant now);

    /**
     * As {@link #join} for somebody who comes by themselves: the room must be open, or invite with this code, at this
     * very moment.
     *
     * @throws ChatException NOT_FOUND when it is neither
     */
    boolean admit(RoomId room, UserId user, String invitation, Instant now);

    /**
     * Whether they have ceased to be a member just now.
     *
     * @throws ChatException FORBIDDEN for the owner, NOT_FOUND when there is no such room
     */
    boolean leave(RoomId room, UserId user);

    /** The members by username, at most {@code limit} after that username. */
    List<User> members(RoomId room, String after, int limit);

    /** What everybody in a room sees of it, with its first members by username, at most {@code limit}. */
    Optional<RoomSummary> summary(RoomId room, int limit);

    /**
     * Lets a member read only, also when they leave and come back; remembered as a deed of who did it.
     *
     * @return whether they are a member
     * @throws ChatException FORBIDDEN for the owner and for operators, NOT_FOUND when there is no such room
     */
    boolean mute(RoomId room, UserId user, UserId moderator, Instant now);

    /** Takes that back. */
    void unmute(RoomId room, UserId user, UserId moderator, Instant now);

    /** Those of these people who belong to the room. */
    Set<UserId> membersAmong(RoomId room, Collection<UserId> people);

    /** Those of these people who belong to each of these rooms. */
    Map<RoomId, Set<UserId>> membersAmong(Collection<RoomId> rooms, Collection<UserId> people);
}
