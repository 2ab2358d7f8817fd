package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Membership;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where it is kept who has read what. Thread-safe; every method may throw a {@link chat.klatsch.core.ChatException}
 * UNAVAILABLE.
 */
public interface InboxStore {
    /** What one person has not read in one room. */
    record Unread(long messages, long mentions) {}

    /** The rooms of each of these people in the order in which they are listed; who has none is left out. */
    Map<UserId, List<Membership>> memberships(Collection<UserId> people);

    /** What each of these people has not read in a room; who does not belong to it is left out. */
    Map<UserId, Unread> unread(RoomId room, Collection<UserId> people);

    /** These people have read the room up to these messages. What is further on than the room counts as its end. */
    void read(RoomId room, Map<UserId, Long> places);
}
