package chat.klatsch.room;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Where it is kept who belongs to which room. Thread-safe; every method may throw {@link ChatException} UNAVAILABLE. */
public interface MemberStore {
    /** Whether they have become a member just now; they have seen what was said before. */
    boolean join(RoomId room, UserId user, Instant now);

    /** Whether they have ceased to be a member just now. */
    boolean leave(RoomId room, UserId user);

    /** The members by username, at most {@code limit} after that username. */
    List<User> members(RoomId room, String after, int limit);

    int memberCount(RoomId room);

    /** Those of these people who belong to the room. */
    Set<UserId> membersAmong(RoomId room, Collection<UserId> people);
}
