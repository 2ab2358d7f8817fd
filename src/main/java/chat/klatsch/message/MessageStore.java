package chat.klatsch.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stores messages, as the only source of truth. Every write to a room raises its version, in the order in which the
 * writes become visible. Every method may throw {@link ChatException} UNAVAILABLE. Nothing is written then, unless the
 * connection broke during the commit; appending the same drafts again is safe. Thread-safe.
 */
public interface MessageStore {
    /**
     * Stores all drafts durably under the next sequence numbers, or none. A draft whose fingerprint the room already has
     * is not stored again.
     *
     * @return the stored message of each draft, in the same order
     * @throws ChatException NOT_FOUND if the room does not exist, FORBIDDEN if an author is muted or not a member
     */
    List<LogEntry> append(RoomId room, List<Draft> drafts, Instant now);

    /** Returns the first {@code limit} messages after a sequence number, oldest first. */
    List<LogEntry> after(RoomId room, long seq, int limit);

    /** Returns the last {@code limit} messages before a sequence number, oldest first. */
    List<LogEntry> before(RoomId room, long seq, int limit);

    Optional<LogEntry> entry(RoomId room, long seq);

    /** Returns the first {@code limit} messages that were posted or changed after a version, in version order. */
    List<LogEntry> changes(RoomId room, long version, int limit);

    /** Returns the last sequence number, or 0. @throws ChatException NOT_FOUND if the room does not exist */
    long lastSeq(RoomId room);

    /** Returns the room's version, or 0. @throws ChatException NOT_FOUND if the room does not exist */
    long version(RoomId room);

    /** Returns the version of each of these rooms. Rooms that do not exist are left out. */
    Map<RoomId, Long> versions(Collection<RoomId> rooms);

    /**
     * Replaces a message's text, and deletes what its form has saved.
     *
     * @return the room's version
     * @throws ChatException NOT_FOUND if the message does not exist or is deleted, FORBIDDEN if the author is muted
     */
    long edit(RoomId room, long seq, UserId author, Edit edit, Instant now);

    /**
     * Deletes a message, except for its sequence number and author, and its quotes, unless it is deleted. Otherwise like
     * {@link #edit}, but muted users may delete, and so may the room's owner and operators. Deleting another user's message adds an entry to the audit log.
     */
    long delete(RoomId room, long seq, UserId user, Instant now);

    /**
     * Adds the user's reaction to a message, unless it exists. Otherwise like {@link #edit}.
     *
     * @throws ChatException INVALID if the message has {@link Emoji#MAX_PER_MESSAGE} other ones
     */
    long react(RoomId room, long seq, UserId user, Emoji emoji, Instant now);

    /** Removes the user's reaction from a message, if it exists. Otherwise like {@link #edit}. */
    long unreact(RoomId room, long seq, UserId user, Emoji emoji);

    /** Returns the user's reactions to a message. */
    Set<Emoji> reactions(RoomId room, long seq, UserId user);
}
