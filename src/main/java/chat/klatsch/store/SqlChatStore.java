package chat.klatsch.store;

import chat.klatsch.room.ChatStore;
import chat.klatsch.room.Draft;
import chat.klatsch.room.Message;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Rooms and messages in SQL that H2 and PostgreSQL both speak. Whoever writes to a room holds the lock of its row
 * from taking the places until the commit, so places become visible in their order on every JVM. Thread-safe.
 */
public final class SqlChatStore implements ChatStore {
    private static final RowMapper<Message> MESSAGE = (row, context) -> new Message(
            new RoomId(row.getString("room_id")),
            row.getLong("seq"),
            SqlAccountStore.USER.map(row, context),
            row.getString("body"),
            row.getObject("posted_at", OffsetDateTime.class).toInstant());

    private final Database database;

    public SqlChatStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Message> append(RoomId room, List<Draft> drafts, Instant now) {
        // Once each, and before anybody waits for the room's lock.
        List<byte[]> fingerprints =
                drafts.stream().map(draft -> draft.fingerprint(room)).toList();
        return database.inTransaction(handle -> {
            long lastSeq = handle.createQuery("select last_seq from rooms where id = :room for update")
                    .bind("room", room.value())
                    .mapTo(Long.class)
                    .one();
            Map<ByteBuffer, Message> stored = alreadyStored(handle, fingerprints);
            List<Message> appended = new ArrayList<>(drafts.size());
            PreparedBatch inserts = handle.prepareBatch("""
                    insert into messages
                        (room_id, seq, posted_version, version, author_id, body, fingerprint, posted_at)
                    values (:room, :seq, :seq, :seq, :author, :body, :fingerprint, :now)
                    """);
            long seq = lastSeq;
            for (int i = 0; i < drafts.size(); i++) {
                Draft draft = drafts.get(i);
                byte[] fingerprint = fingerprints.get(i);
                Message message = stored.get(ByteBuffer.wrap(fingerprint));
                if (message == null) {
                    message = new Message(room, ++seq, draft.author(), draft.body(), now);
                    stored.put(ByteBuffer.wrap(fingerprint), message);
                    inserts.bind("room", room.value())
                            .bind("seq", seq)
                            .bind("author", draft.author().id().value())
                            .bind("body", draft.body())
                            .bind("fingerprint", fingerprint)
                            .bind("now", now.atOffset(ZoneOffset.UTC))
                            .add();
                }
                appended.add(message);
            }
            if (seq > lastSeq) {
                inserts.execute();
                handle.execute("update rooms set last_seq = ?, last_version = ? where id = ?", seq, seq, room.value());
            }
            return List.copyOf(appended);
        });
    }

    private static Map<ByteBuffer, Message> alreadyStored(Handle handle, List<byte[]> fingerprints) {
        Map<ByteBuffer, Message> stored = new HashMap<>();
        handle.createQuery("""
                select m.fingerprint, m.room_id, m.seq, m.body, m.posted_at, u.id, u.username, u.display_name
                from messages m join users u on u.id = m.author_id
                where m.fingerprint in (<fingerprints>)
                """)
                .bindList("fingerprints", fingerprints)
                .map((row, context) ->
                        Map.entry(ByteBuffer.wrap(row.getBytes("fingerprint")), MESSAGE.map(row, context)))
                .forEach(entry -> stored.put(entry.getKey(), entry.getValue()));
        return stored;
    }

    @Override
    public List<Message> after(RoomId room, long seq, int limit) {
        return database.inTransaction(handle -> handle.createQuery("""
                select m.room_id, m.seq, m.body, m.posted_at, u.id, u.username, u.display_name
                from messages m join users u on u.id = m.author_id
                where m.room_id = :room and m.seq > :seq
                order by m.room_id, m.seq limit :limit
                """)
                .bind("room", room.value())
                .bind("seq", seq)
                .bind("limit", limit)
                .map(MESSAGE)
                .list());
    }

    @Override
    public List<Message> before(RoomId room, long seq, int limit) {
        // Ordered by the whole primary key: H2 walks its index backwards only then, and sorts the room otherwise.
        List<Message> newestFirst = database.inTransaction(handle -> handle.createQuery("""
                select m.room_id, m.seq, m.body, m.posted_at, u.id, u.username, u.display_name
                from messages m join users u on u.id = m.author_id
                where m.room_id = :room and m.seq < :seq
                order by m.room_id desc, m.seq desc limit :limit
                """)
                .bind("room", room.value())
                .bind("seq", seq)
                .bind("limit", limit)
                .map(MESSAGE)
                .list());
        List<Message> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        return List.copyOf(oldestFirst);
    }

    @Override
    public long lastSeq(RoomId room) {
        return database.inTransaction(handle -> handle.createQuery("select last_seq from rooms where id = :room")
                .bind("room", room.value())
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(Room::notFound));
    }

    @Override
    public Map<RoomId, Long> lastSeqs(Collection<RoomId> rooms) {
        String[] ids = rooms.stream().map(RoomId::value).toArray(String[]::new);
        return database.inTransaction(handle -> handle.createQuery(
                        "select id, last_seq from rooms where id = any(:ids)")
                .bind("ids", ids)
                .reduceRows(new HashMap<>(), (places, row) -> {
                    places.put(new RoomId(row.getColumn("id", String.class)), row.getColumn("last_seq", Long.class));
                    return places;
                }));
    }
}
