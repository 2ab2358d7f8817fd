package chat.klatsch.store.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.inbox.InboxStore.Unread;
import chat.klatsch.room.ReadMarker;
import chat.klatsch.store.Columns;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Counts the unread messages of one room for many members, as {@link RoomRows#UNREAD} does for one. What is not counted is
 * read once for all of them: a busy room takes three queries, however many members have not read it.
 */
final class UnreadRows {
    /** A member's read marker, and the room's last message. */
    private record Reader(UserId user, ReadMarker marker, long last, long mentions, boolean hasDraft) {
        long read() {
            return marker.seq();
        }
    }

    /** A message that does not count as unread for its author or, if it is deleted, for anyone. */
    private record Uncounted(long seq, UserId author) {}

    private UnreadRows() {}

    static Map<UserId, Unread> of(Handle handle, RoomId room, Collection<UserId> users) {
        List<Reader> readers = handle.select(
                        """
                select m.user_id, m.read_seq, m.resets, r.last_seq, %s from members m join rooms r on r.id = m.room_id
                where m.room_id = ? and m.user_id = any(?)
                """.replace("%s", RoomRows.MENTIONS + ", " + RoomRows.DRAFT),
                        room.value(),
                        Columns.userIds(users))
                .map((row, context) -> new Reader(
                        new UserId(row.getLong("user_id")),
                        RoomRows.marker(row),
                        row.getLong("last_seq"),
                        row.getLong("mentions"),
                        row.getBoolean("has_draft")))
                .list();
        List<Reader> behind =
                readers.stream().filter(reader -> reader.read() < reader.last()).toList();
        if (behind.isEmpty()) {
            return counts(readers, List.of(), Map.of());
        }
        long read = behind.stream().mapToLong(Reader::read).min().orElse(0);
        long last = behind.get(0).last();
        List<Uncounted> deleted = uncounted(
                handle, "select seq, author_id from deletions where room_id = ? and seq > ?", room.value(), read);
        List<Uncounted> own = uncounted(
                handle,
                "select seq, author_id from messages where room_id = ? and seq > ? and author_id = any(?)",
                room.value(),
                Math.max(read, last - RoomRows.OWN_WINDOW),
                Columns.userIds(behind.stream().map(Reader::user).toList()));
        return counts(readers, deleted, own.stream().collect(Collectors.groupingBy(Uncounted::author)));
    }

    private static List<Uncounted> uncounted(Handle handle, String sql, Object... values) {
        return handle.select(sql, values)
                .map((row, context) -> new Uncounted(row.getLong("seq"), new UserId(row.getLong("author_id"))))
                .list();
    }

    private static Map<UserId, Unread> counts(
            List<Reader> readers, List<Uncounted> deleted, Map<UserId, List<Uncounted>> own) {
        return readers.stream()
                .collect(Collectors.toMap(
                        Reader::user,
                        reader -> new Unread(
                                reader.marker(),
                                reader.last()
                                        - reader.read()
                                        - count(deleted, reader, true)
                                        - count(own.getOrDefault(reader.user(), List.of()), reader, false),
                                reader.mentions(),
                                reader.hasDraft())));
    }

    private static long count(List<Uncounted> messages, Reader reader, boolean deleted) {
        long windowStart = reader.last() - RoomRows.OWN_WINDOW;
        long count = 0;
        for (Uncounted message : messages) {
            boolean countedAsOwn = deleted && message.author().equals(reader.user()) && message.seq() > windowStart;
            // Later ones are posted or deleted while this counts.
            boolean isUnread = message.seq() > reader.read() && message.seq() <= reader.last();
            if (isUnread && !countedAsOwn) {
                count++;
            }
        }
        return count;
    }
}
