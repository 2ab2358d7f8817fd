package chat.klatsch.store.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.inbox.InboxStore;
import chat.klatsch.inbox.SeenRange;
import chat.klatsch.room.Membership;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
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

    /**
     * Runs one statement for each last sequence number, since users who are up to date share the same one. The lower ones come
     * first, so that a later range may continue an earlier one.
     */
    @Override
    public void read(RoomId room, Map<UserId, List<SeenRange>> seen) {
        Map<Long, List<Map.Entry<UserId, SeenRange>>> byLast = new TreeMap<>();
        seen.forEach((reader, ranges) -> ranges.forEach(range ->
                byLast.computeIfAbsent(range.last(), last -> new ArrayList<>()).add(Map.entry(reader, range))));
        database.inTransaction(handle -> {
            PreparedBatch updates = handle.prepareBatch("""
                    update members set read_seq = least(:seq, (select last_seq from rooms where id = :room))
                    where room_id = :room and read_seq < :seq and user_id in (
                        select c.user_id
                        from unnest(
                            cast(:readers as bigint array), cast(:firsts as bigint array), cast(:resets as bigint array)
                        ) as c (user_id, first_seq, resets)
                        join members m on m.user_id = c.user_id and m.room_id = :room
                        where (c.resets = m.resets or c.resets = -1) and not exists (
                            select 1 from messages x
                            where x.room_id = m.room_id and x.seq > m.read_seq and x.seq < c.first_seq
                            and x.author_id <> m.user_id and x.deleted_at is null and c.first_seq > 1
                        )
                    )
                    """);
            byLast.forEach((last, readers) -> updates.bind("room", room.value())
                    .bind("seq", last)
                    .bind(
                            "readers",
                            Columns.userIds(
                                    readers.stream().map(Map.Entry::getKey).toList()))
                    .bind("firsts", numbers(readers, SeenRange::first))
                    .bind("resets", numbers(readers, range -> range.resets().orElse(-1)))
                    .add());
            return updates.execute();
        });
    }

    private static Long[] numbers(List<Map.Entry<UserId, SeenRange>> readers, Function<SeenRange, Long> number) {
        return readers.stream().map(Map.Entry::getValue).map(number).toArray(Long[]::new);
    }

    @Override
    public void unread(RoomId room, UserId member, long seq) {
        String sql =
                "update members set read_seq = least(read_seq, ?), resets = resets + 1 where room_id = ? and user_id = ?";
        database.inTransaction(handle -> handle.execute(sql, seq - 1, room.value(), member.value()));
    }
}
