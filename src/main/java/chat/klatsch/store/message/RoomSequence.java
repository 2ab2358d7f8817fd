package chat.klatsch.store.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.room.Room;
import chat.klatsch.store.Columns;
import chat.klatsch.store.UserRows;
import chat.klatsch.store.room.MuteRows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Hands out one room's sequence numbers and versions. Holds the lock of the room's row until the commit, so that they
 * become visible in order on every node. Confined to its transaction.
 */
public final class RoomSequence {
    private static final String SELECT = "select id, last_seq, last_version, last_author_id, last_posted_at from rooms";

    private final Handle handle;
    private final RoomId room;
    private long lastSeq;
    private long lastVersion;
    private Optional<LogEntry.Previous> previous;

    private RoomSequence(
            Handle handle, RoomId room, long lastSeq, long lastVersion, Optional<LogEntry.Previous> previous) {
        this.handle = handle;
        this.room = room;
        this.lastSeq = lastSeq;
        this.lastVersion = lastVersion;
        this.previous = previous;
    }

    /**
     * Waits for the room's lock.
     *
     * @throws ChatException NOT_FOUND if the room does not exist
     */
    public static RoomSequence open(Handle handle, RoomId room) {
        return handle.select(SELECT + " where id = ? for update", room.value())
                .map(mapper(handle))
                .findOne()
                .orElseThrow(ChatException::roomNotFound);
    }

    /** Opens the existing rooms that are not locked, without waiting. */
    public static Map<RoomId, RoomSequence> openUnlocked(Handle handle, Collection<RoomId> rooms) {
        return handle.createQuery(SELECT + " where id = any(:rooms) for update skip locked")
                .bind("rooms", Columns.roomIds(rooms))
                .map(mapper(handle))
                .collect(Collectors.toMap(sequence -> sequence.room, Function.identity()));
    }

    private static RowMapper<RoomSequence> mapper(Handle handle) {
        return (row, context) -> new RoomSequence(
                handle,
                new RoomId(row.getString("id")),
                row.getLong("last_seq"),
                row.getLong("last_version"),
                MessageRows.previous(row, "last_author_id", "last_posted_at"));
    }

    /** Gives the draft the next sequence number and version. */
    LogEntry next(Draft draft, Set<String> mentioned, Instant now) {
        Message message = new Message(
                room,
                ++lastSeq,
                draft.author(),
                draft.body(),
                now,
                Message.Status.POSTED,
                Optional.empty(),
                List.of(),
                mentioned);
        LogEntry entry = new LogEntry(message, ++lastVersion, lastVersion, previous);
        previous = Optional.of(new LogEntry.Previous(draft.author().id(), now));
        return entry;
    }

    /** Gives a stored message the next version, because one that it quotes has changed. */
    void touch(long seq) {
        touch(seq, "");
    }

    /** Gives a stored message, whose text is changed or deleted, the next version. */
    void touchText(long seq) {
        touch(seq, ", text_version = :version");
    }

    /** Gives a stored message, whose reactions change, the next version. */
    void touchReactions(long seq) {
        touch(seq, ", reaction_version = :version");
    }

    private void touch(long seq, String reason) {
        handle.createUpdate("update messages set version = :version" + reason + " where room_id = :room and seq = :seq")
                .bind("version", ++lastVersion)
                .bind("room", room.value())
                .bind("seq", seq)
                .execute();
    }

    /** Returns the room's version. */
    long version() {
        return lastVersion;
    }

    /** Stores and returns the room's version, as the last statement after {@link #touch}. */
    long saveVersion() {
        handle.execute("update rooms set last_version = ? where id = ?", lastVersion, room.value());
        return lastVersion;
    }

    static PreparedBatch counterUpdates(Handle handle) {
        return handle.prepareBatch("""
                update rooms set
                    last_seq = :seq, last_version = :version, last_author_id = :author, last_posted_at = :postedAt
                where id = :room
                """);
    }

    /** Adds the room to the batch that runs last after {@link #next}. */
    void addUpdate(PreparedBatch counters) {
        LogEntry.Previous last = previous.orElseThrow();
        counters.bind("seq", lastSeq)
                .bind("version", lastVersion)
                .bind("author", last.author().value())
                .bind("postedAt", last.postedAt())
                .bind("room", room.value())
                .add();
    }

    /** @throws ChatException FORBIDDEN if the user is muted or no longer a member, unless it is a bot */
    void requireWriter(UserId user) {
        if (!WritePermissions.writers(handle, room, Set.of(user)).contains(user) && !UserRows.isBot(handle, user)) {
            throw refusal(user);
        }
    }

    /** Returns the refusal for a user who may not write. */
    ChatException refusal(UserId user) {
        return MuteRows.muted(handle, room).contains(user) ? Room.readsOnly() : Room.notAMember();
    }
}
