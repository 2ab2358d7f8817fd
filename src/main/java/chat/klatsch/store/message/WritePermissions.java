package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.store.Queries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Finds the users who may write to a room: its members who are neither muted, banned nor deleted. The caller holds the
 * room's lock. Removals, mutes and bans take it too, so that none of the user's writes follows them.
 */
final class WritePermissions {
    private WritePermissions() {}

    /** Returns those of the users who may write to the room. */
    static Set<UserId> writers(Handle handle, RoomId room, Set<UserId> users) {
        return writers(handle, Map.of(room, users)).getOrDefault(room, Set.of());
    }

    /** Returns whether the user may delete the message: a member who is its author, the room's owner or an operator. */
    static boolean mayDelete(Handle handle, RoomId room, long seq, UserId user) {
        return Queries.exists(handle, """
                select 1 from members m
                join users u on u.id = m.user_id and u.banned_at is null and u.deleted_at is null
                join rooms r on r.id = m.room_id
                join messages x on x.room_id = r.id and x.seq = ?
                where m.room_id = ? and m.user_id = ?
                and (x.author_id = u.id or r.owner_id = u.id or u.operator and r.kind <> 'direct')
                """, seq, room.value(), user.value());
    }

    /** Returns, for each room, those of its users who may write to it. */
    static Map<RoomId, Set<UserId>> writers(Handle handle, Map<RoomId, Set<UserId>> candidates) {
        List<String> roomIds = new ArrayList<>();
        List<Long> userIds = new ArrayList<>();
        candidates.forEach((room, users) -> users.forEach(user -> {
            roomIds.add(room.value());
            userIds.add(user.value());
        }));
        return handle.createQuery("""
                select m.room_id, m.user_id
                from unnest(cast(:rooms as varchar array), cast(:users as bigint array)) as c (room_id, user_id)
                join members m on m.room_id = c.room_id and m.user_id = c.user_id
                join users u on u.id = m.user_id and u.banned_at is null and u.deleted_at is null
                where not exists (select 1 from mutes x where x.room_id = m.room_id and x.user_id = m.user_id)
                """)
                .bind("rooms", roomIds.toArray(String[]::new))
                .bind("users", userIds.toArray(Long[]::new))
                .map((row, context) -> Map.entry(new RoomId(row.getString(1)), new UserId(row.getLong(2))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }
}
