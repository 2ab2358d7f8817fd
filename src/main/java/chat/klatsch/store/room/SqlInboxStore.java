package chat.klatsch.store.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.inbox.InboxStore;
import chat.klatsch.room.Membership;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Stores how far users have read their rooms, and counts what is unread. Thread-safe. */
public final class SqlInboxStore implements InboxStore {
    private final Database database;

    public SqlInboxStore(Database database) {
        this.database = database;
    }

    @Override
    public Map<UserId, List<Membership>> memberships(Collection<UserId> users, Instant now) {
        return database.read(handle -> handle.createQuery(String.format(
                        Locale.ROOT, """
                select m.user_id as member, %s, %s %s where m.user_id = any(:users) %s
                """, RoomRows.ROOM, RoomRows.UNREAD, RoomRows.FROM_MEMBERSHIP, RoomRows.AS_LISTED))
                .bind("users", Columns.userIds(users))
                .bind("oldest", InvitationRows.oldest(now))
                .map((row, context) ->
                        Map.entry(new UserId(row.getLong("member")), RoomRows.AS_MEMBERSHIP.map(row, context)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    @Override
    public Map<UserId, Unread> unread(RoomId room, Collection<UserId> users) {
        return database.read(handle -> UnreadRows.of(handle, room, users));
    }

    /** Runs one statement for each sequence number, since users who are up to date share the same one. */
    @Override
    public void read(RoomId room, Map<UserId, Long> seqs) {
        Map<Long, List<UserId>> readers = seqs.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        database.inTransaction(handle -> {
            PreparedBatch updates = handle.prepareBatch("""
                    update members set read_seq = least(:seq, (select last_seq from rooms where id = :room))
                    where room_id = :room and user_id = any(:readers) and read_seq < :seq
                    """);
            readers.forEach((seq, users) -> updates.bind("room", room.value())
                    .bind("seq", seq)
                    .bind("readers", Columns.userIds(users))
                    .add());
            return updates.execute();
        });
    }
}
