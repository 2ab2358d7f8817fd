package chat.klatsch.store.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.MessageStore;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.Queries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Stores messages. Thread-safe. */
public final class SqlMessageStore implements MessageStore {
    private final Database database;
    private final GroupCommit commits;

    public SqlMessageStore(Database database) {
        this.database = database;
        this.commits = new GroupCommit(database);
    }

    @Override
    public List<LogEntry> append(RoomId room, List<Draft> drafts, Instant now) {
        return commits.append(new PostBatch(room, drafts, now));
    }

    @Override
    public long edit(RoomId room, long seq, UserId author, Edit edit, Instant now) {
        try {
            return change(room, editor -> editor.edit(seq, author, edit, now));
        } catch (DuplicateKeyException e) {
            // A save has created the row of the author's draft at the same time.
            return change(room, editor -> editor.edit(seq, author, edit, now));
        }
    }

    @Override
    public long delete(RoomId room, long seq, UserId user, Instant now) {
        return change(room, editor -> editor.deleteIfPermitted(seq, user, now));
    }

    @Override
    public long react(RoomId room, long seq, UserId user, Emoji emoji, Instant now) {
        return change(room, editor -> editor.react(seq, user, emoji, now));
    }

    @Override
    public long unreact(RoomId room, long seq, UserId user, Emoji emoji) {
        return change(room, editor -> editor.unreact(seq, user, emoji));
    }

    private long change(RoomId room, ToLongFunction<MessageEditor> change) {
        return database.inTransaction(handle -> change.applyAsLong(MessageEditor.in(handle, database.dialect(), room)));
    }

    @Override
    public Set<Emoji> reactions(RoomId room, long seq, UserId user) {
        return database.read(handle -> handle.select(
                        "select emoji from reactions where room_id = ? and seq = ? and user_id = ?",
                        room.value(),
                        seq,
                        user.value())
                .mapTo(String.class)
                .map(Emoji::stored)
                .collect(Collectors.toSet()));
    }

    @Override
    public List<LogEntry> after(RoomId room, long seq, int limit) {
        return entries("m.seq > :position order by m.room_id, m.seq", room, seq, limit);
    }

    @Override
    public List<LogEntry> changes(RoomId room, long version, int limit) {
        return entries("m.version > :position order by m.room_id, m.version", room, version, limit);
    }

    @Override
    public List<LogEntry> before(RoomId room, long seq, int limit) {
        // Ordering by the whole primary key lets H2 read its index backwards instead of sorting the room.
        List<LogEntry> oldestFirst =
                new ArrayList<>(entries("m.seq < :position order by m.room_id desc, m.seq desc", room, seq, limit));
        Collections.reverse(oldestFirst);
        return List.copyOf(oldestFirst);
    }

    @Override
    public Optional<LogEntry> entry(RoomId room, long seq) {
        return entries("m.seq = :position order by m.room_id", room, seq, 1).stream()
                .findFirst();
    }

    private List<LogEntry> entries(String condition, RoomId room, long position, int limit) {
        return database.read(handle -> MentionRows.withMentions(
                handle,
                MessageRows.withReactions(
                        handle,
                        handle.createQuery(MessageRows.SELECT + "where m.room_id = :room and " + condition
                                        + " limit :limit")
                                .bind("room", room.value())
                                .bind("position", position)
                                .bind("limit", limit)
                                .map(MessageRows.ENTRY)
                                .list())));
    }

    @Override
    public long lastSeq(RoomId room) {
        return counter("last_seq", room);
    }

    @Override
    public long version(RoomId room) {
        return counter("last_version", room);
    }

    private long counter(String column, RoomId room) {
        String sql = "select " + column + " from rooms where id = ?";
        return database.read(
                handle -> Queries.find(handle, Long.class, sql, room.value()).orElseThrow(ChatException::roomNotFound));
    }

    @Override
    public Map<RoomId, Long> versions(Collection<RoomId> rooms) {
        return database.read(handle -> handle.createQuery("select id, last_version from rooms where id = any(:ids)")
                .bind("ids", Columns.roomIds(rooms))
                .map((row, context) -> Map.entry(new RoomId(row.getString("id")), row.getLong("last_version")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
