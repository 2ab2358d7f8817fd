package chat.klatsch.room;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where messages are kept: the truth, whatever else fails. Thread-safe. Every method may throw
 * {@link ChatException} UNAVAILABLE; nothing has been written then, or, when the connection broke during the
 * commit, writing the same drafts again settles it.
 */
public interface ChatStore {
    /**
     * Gives each draft the next place in the room and stores them durably, all or none. A draft whose fingerprint
     * the room already has is not stored again.
     *
     * @return for each draft, in its order, the message as stored, now or before
     */
    List<Message> append(RoomId room, List<Draft> drafts, Instant now);

    /** Up to {@code limit} messages with a place after {@code seq}, oldest first. */
    List<Message> after(RoomId room, long seq, int limit);

    /** The last {@code limit} messages with a place before {@code seq}, oldest first. */
    List<Message> before(RoomId room, long seq, int limit);

    /** The room's highest place, 0 while nobody has written. @throws ChatException NOT_FOUND when there is no such room */
    long lastSeq(RoomId room);

    /** The highest place of each of these rooms; those that do not exist are left out. */
    Map<RoomId, Long> lastSeqs(Collection<RoomId> rooms);
}
