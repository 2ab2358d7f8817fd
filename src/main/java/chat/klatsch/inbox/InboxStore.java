package chat.klatsch.inbox;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Membership;
import chat.klatsch.room.ReadMarker;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Stores how far members have read. Thread-safe. Every method may throw {@link ChatException} UNAVAILABLE. */
public interface InboxStore {
    /**
     * One member's unread messages in one room: those of others that are not deleted.
     *
     * @param marker how far the member has read the room
     * @param hasDraft whether the member has a draft there
     */
    record Unread(ReadMarker marker, long messages, long mentions, boolean hasDraft) {}

    /** Returns each user's rooms in the order in which they are listed. Users without rooms are left out. */
    Map<UserId, List<Membership>> memberships(Collection<UserId> users, Instant now);

    /** Returns the unread messages of these users in a room. Users who are not members are left out. */
    Map<UserId, Unread> unread(RoomId room, Collection<UserId> users);

    /**
     * Marks a room as read up to the end of each range in which a member has seen messages, unless unread messages come before
     * the range. An end beyond the last message means the last.
     */
    void read(RoomId room, Map<UserId, List<SeenRange>> seen);

    /** Marks a message and all later ones as unread for a member. Does nothing to earlier ones. */
    void unread(RoomId room, UserId member, long seq);
}
