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

/** Stores the members of rooms. Thread-safe. Every method may throw {@link ChatException} UNAVAILABLE. */
public interface MembershipStore {
    /**
     * Adds a member, for whom all earlier messages count as read, without asking anybody.
     *
     * @return false if the user was a member already
     * @throws ChatException NOT_FOUND if the room does not exist
     */
    boolean join(RoomId room, UserId user, Instant now);

    /**
     * Adds a user who joins, like {@link #join}, if the user is invited, the room open or the code valid at that moment.
     *
     * @param invitation the code of an invitation for anybody, or empty
     * @throws ChatException NOT_FOUND if none is the case, FORBIDDEN if the owner has removed the user and not invited again
     */
    boolean admit(RoomId room, UserId user, String invitation, Instant now);

    /**
     * Removes a member.
     *
     * @return false if the user was not a member
     * @throws ChatException FORBIDDEN for the owner, NOT_FOUND if the room does not exist
     */
    boolean leave(RoomId room, UserId user, Instant now);

    /**
     * Removes a member for the owner, and with the member the invitation, whose code the member may know. From then on, the
     * user joins only when invited by name.
     *
     * @return false if the user was not a member
     * @throws ChatException FORBIDDEN if the user does not own the room any longer, and for the owner as member, NOT_FOUND if
     *     the room does not exist
     */
    boolean remove(UserId owner, RoomId room, UserId user, Instant now);

    /** Returns the first members after a username. */
    List<User> members(RoomId room, String after, int limit);

    /** Returns the first members whose username begins so, or a word of whose display name does, whatever the case. */
    List<User> named(RoomId room, String start, int limit);

    /** Returns those of these users who are members, with their current names. */
    List<User> members(RoomId room, Collection<UserId> users);

    /** Returns those of the users who are operators. */
    Set<UserId> operatorsAmong(Collection<UserId> users);

    /** Returns the room's summary with its first members by username, at most {@code limit}. */
    Optional<RoomSummary> summary(RoomId room, int limit);

    /**
     * Mutes a member, who stays muted after leaving and joining again. Adds an entry to the audit log.
     *
     * @param reason shown to the member, may be empty
     * @return false if the user is not a member
     * @throws ChatException FORBIDDEN for the owner and for operators, NOT_FOUND if the room does not exist
     */
    boolean mute(RoomId room, UserId user, UserId moderator, String reason, Instant now);

    /** Undoes {@link #mute}. */
    void unmute(RoomId room, UserId user, UserId moderator, Instant now);

    /** Stores which unread messages of the room count for the member, if the user is one. */
    void setLevel(RoomId room, UserId member, NotificationLevel level);

    /** Stores whether the member, if the user is one, has the room on top of the list. */
    void setStarred(RoomId room, UserId member, boolean starred);

    /** Returns those of the users who are members of each room. */
    Map<RoomId, Set<UserId>> membersAmong(Collection<RoomId> rooms, Collection<UserId> users);
}
