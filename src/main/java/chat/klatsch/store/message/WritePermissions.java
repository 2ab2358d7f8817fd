package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Finds the users who may write to a room: its members who are not muted. Checked under the room's lock, because a user
 * may have been removed or muted while waiting for it.
 */
final class WritePermissions {
    private WritePermissions() {}

    /** Returns those of the users who may write to the room. */
    static Set<UserId> writers(Handle handle, RoomId room, Set<UserId> users) {
        return writers(handle, Map.of(room, users)).getOrDefault(room, Set.of());
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
                where not exists (select 1 from mutes x where x.room_id = m.room_id and x.user_id = m.user_id)
                """)
                .bind("rooms", roomIds.toArray(String[]::new))
                .bind("users", userIds.toArray(Long[]::new))
                .map((row, context) -> Map.entry(new RoomId(row.getString(1)), new UserId(row.getLong(2))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }
}
