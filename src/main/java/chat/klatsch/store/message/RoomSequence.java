package chat.klatsch.store.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.room.Room;
import chat.klatsch.store.Columns;
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
 * Writing to one room. Whoever does holds the lock of its row from here to the commit, so numbers and versions become
 * visible in their order on every JVM. Lives as long as its transaction.
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

    /** Waits for the room's lock. @throws ChatException NOT_FOUND when there is no such room */
    public static RoomSequence open(Handle handle, RoomId room) {
        return handle.createQuery(SELECT + " where id = :room for update")
                .bind("room", room.value())
                .map(mapper(handle))
                .findOne()
                .orElseThrow(ChatException::roomNotFound);
    }

    /** Those of these rooms that are there and that nobody else is writing to: waits for none. */
    public static Map<RoomId, RoomSequence> openFree(Handle handle, Collection<RoomId> rooms) {
        return handle.createQuery(SELECT + " where id = any(:rooms) for update skip locked")
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .map(mapper(handle))
                .collect(Collectors.toMap(log -> log.room, Function.identity()));
    }

    private static RowMapper<RoomSequence> mapper(Handle handle) {
        return (row, context) -> {
            long author = row.getLong("last_author_id");
            Optional<LogEntry.Previous> previous = row.wasNull()
                    ? Optional.empty()
                    : Optional.of(new LogEntry.Previous(new UserId(author), Columns.instant(row, "last_posted_at")));
            RoomId room = new RoomId(row.getString("id"));
            return new RoomSequence(handle, room, row.getLong("last_seq"), row.getLong("last_version"), previous);
        };
    }

    /** A message takes the next number and the next version. */
    LogEntry next(Draft draft, Instant now) {
        Message message = new Message(
                room,
                ++lastSeq,
                draft.author(),
                draft.body(),
                now,
                Message.Status.AS_POSTED,
                Optional.empty(),
                List.of());
        LogEntry entry = new LogEntry(message, ++lastVersion, lastVersion, previous);
        previous = Optional.of(new LogEntry.Previous(draft.author().id(), now));
        return entry;
    }

    /** A message takes the next version. */
    void touch(long seq) {
        handle.execute(
                "update messages set version = ? where room_id = ? and seq = ?", ++lastVersion, room.value(), seq);
    }

    /** The last thing in a transaction that has touched messages. Returns the room's version. */
    long saveVersion() {
        handle.execute("update rooms set last_version = ? where id = ?", lastVersion, room.value());
        return lastVersion;
    }

    static PreparedBatch ends(Handle handle) {
        return handle.prepareBatch("""
                update rooms set
                    last_seq = :seq, last_version = :version, last_author_id = :author, last_posted_at = :postedAt
                where id = :room
                """);
    }

    /** The last thing in a transaction that has added messages. */
    void saveEnd(PreparedBatch ends) {
        LogEntry.Previous last = previous.orElseThrow();
        ends.bind("seq", lastSeq)
                .bind("version", lastVersion)
                .bind("author", last.author().value())
                .bind("postedAt", last.postedAt())
                .bind("room", room.value())
                .add();
    }

    /** @throws ChatException FORBIDDEN for somebody who is muted, or does not belong to the room any more */
    void requireVoice(UserId user) {
        if (!WritePermissions.in(handle, room, Set.of(user)).contains(user)) {
            throw refusal(user);
        }
    }

    /** Why somebody who has no voice in the room has none. */
    ChatException refusal(UserId user) {
        return MuteRows.in(handle, room).contains(user) ? Room.readsOnly() : Room.left();
    }
}
