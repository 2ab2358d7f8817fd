package chat.klatsch.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where messages are kept: the truth, whatever else fails. Thread-safe. Every method may throw
 * {@link ChatException} UNAVAILABLE; nothing has been written then, or, when the connection broke during the
 * commit, writing the same drafts again settles it. Whatever writes to a room raises its version, in the order
 * in which the writes become visible.
 */
public interface MessageStore {
    /**
     * Gives each draft the next place in the room and stores them durably, all or none. A draft whose fingerprint
     * the room already has is not stored again.
     *
     * @return for each draft, in its order, the message as stored, now or before
     * @throws ChatException NOT_FOUND when there is no such room, or not any more; FORBIDDEN when an author is muted there
     */
    List<LogEntry> append(RoomId room, List<Draft> drafts, Instant now);

    /** Up to {@code limit} messages with a number after {@code seq}, oldest first. */
    List<LogEntry> after(RoomId room, long seq, int limit);

    /** The last {@code limit} messages with a number before {@code seq}, oldest first. */
    List<LogEntry> before(RoomId room, long seq, int limit);

    Optional<LogEntry> entry(RoomId room, long seq);

    /** Up to {@code limit} messages that have come or changed after this version, in the order of their last change. */
    List<LogEntry> changes(RoomId room, long version, int limit);

    /** The room's highest number, 0 while nobody has written. @throws ChatException NOT_FOUND when there is no such room */
    long lastSeq(RoomId room);

    /** What the room has come to, 0 while nothing has happened. @throws ChatException NOT_FOUND when there is no such room */
    long version(RoomId room);

    /** What each of these rooms has come to; those that do not exist are left out. */
    Map<RoomId, Long> versions(Collection<RoomId> rooms);

    /**
     * Puts another text in a message's place.
     *
     * @return the room's version
     * @throws ChatException NOT_FOUND for a message that is not there or deleted, FORBIDDEN when the author is muted there
     */
    long edit(RoomId room, long seq, UserId author, String body, Instant now);

    /**
     * As {@link #edit}, but that the muted may: leaves nothing of a message but its place and its author, also where it
     * is quoted. That of somebody else is remembered as a deed of who did it.
     */
    long delete(RoomId room, long seq, UserId user, Instant now);

    /** As {@link #edit}: adds this person's reaction to a message, or takes it back. */
    long react(RoomId room, long seq, UserId user, Emoji emoji, Instant now);
}
