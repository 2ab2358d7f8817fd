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
 * Who belongs to a room and is not muted in it. Asked anew under its lock: whoever waits for it may have been removed
 * or muted meanwhile, and a socket is open for longer than that.
 */
final class WritePermissions {
    private WritePermissions() {}

    /** Those of these people who may speak in the room. */
    static Set<UserId> in(Handle handle, RoomId room, Set<UserId> people) {
        return in(handle, Map.of(room, people)).getOrDefault(room, Set.of());
    }

    /** Of the people for each room, those who may speak in it. */
    static Map<RoomId, Set<UserId>> in(Handle handle, Map<RoomId, Set<UserId>> people) {
        List<String> rooms = new ArrayList<>();
        List<Long> users = new ArrayList<>();
        people.forEach((room, authors) -> authors.forEach(author -> {
            rooms.add(room.value());
            users.add(author.value());
        }));
        return handle.createQuery("""
                select m.room_id, m.user_id
                from unnest(cast(:rooms as varchar array), cast(:users as bigint array)) as said (room_id, user_id)
                join members m on m.room_id = said.room_id and m.user_id = said.user_id
                where not exists (select 1 from mutes x where x.room_id = m.room_id and x.user_id = m.user_id)
                """)
                .bind("rooms", rooms.toArray(String[]::new))
                .bind("users", users.toArray(Long[]::new))
                .map((row, context) -> Map.entry(new RoomId(row.getString(1)), new UserId(row.getLong(2))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }
}
