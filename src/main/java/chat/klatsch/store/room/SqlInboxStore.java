package chat.klatsch.store.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.inbox.InboxStore;
import chat.klatsch.room.Membership;
import chat.klatsch.store.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What people have read, and what not, in SQL. Thread-safe. */
public final class SqlInboxStore implements InboxStore {
    private record Listed(UserId member, Membership membership) {}

    private final Database database;

    public SqlInboxStore(Database database) {
        this.database = database;
    }

    @Override
    public Map<UserId, List<Membership>> memberships(Collection<UserId> people) {
        return database.read(handle -> handle
                .createQuery(
                        """
                select m.user_id as member, %s, %s %s where m.user_id = any(:people) %s
                """.formatted(RoomRows.ROOM, RoomRows.UNREAD, RoomRows.FROM_MEMBERSHIP, RoomRows.AS_LISTED))
                .bind("people", ids(people))
                .map((row, context) ->
                        new Listed(new UserId(row.getLong("member")), RoomRows.AS_MEMBERSHIP.map(row, context)))
                .stream()
                .collect(Collectors.groupingBy(
                        Listed::member,
                        LinkedHashMap::new,
                        Collectors.mapping(Listed::membership, Collectors.toList()))));
    }

    @Override
    public Map<UserId, Unread> unread(RoomId room, Collection<UserId> people) {
        return database.read(handle -> handle.createQuery("""
                select m.user_id, %s from members m join rooms r on r.id = m.room_id
                where m.room_id = :room and m.user_id = any(:people)
                """.formatted(RoomRows.UNREAD))
                .bind("room", room.value())
                .bind("people", ids(people))
                .reduceRows(new HashMap<>(), (unread, row) -> {
                    unread.put(
                            new UserId(row.getColumn("user_id", Long.class)),
                            new Unread(row.getColumn("unread", Long.class), row.getColumn("mentions", Long.class)));
                    return unread;
                }));
    }

    /** One statement for each place: those who are up to date are all at the same. */
    @Override
    public void read(RoomId room, Map<UserId, Long> places) {
        Map<Long, List<UserId>> readers = places.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        database.inTransaction(handle -> {
            PreparedBatch updates = handle.prepareBatch("""
                    update members set read_seq = least(:seq, (select last_seq from rooms where id = :room))
                    where room_id = :room and user_id = any(:readers) and read_seq < :seq
                    """);
            readers.forEach((seq, people) -> updates.bind("room", room.value())
                    .bind("seq", seq)
                    .bind("readers", ids(people))
                    .add());
            return updates.execute();
        });
    }

    private static Long[] ids(Collection<UserId> people) {
        return people.stream().map(UserId::value).toArray(Long[]::new);
    }
}
