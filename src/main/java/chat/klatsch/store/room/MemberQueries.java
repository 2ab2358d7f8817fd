package chat.klatsch.store.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.RoomSummary;
import chat.klatsch.store.Columns;
import chat.klatsch.store.UserRows;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads the members of rooms. */
final class MemberQueries {
    private MemberQueries() {}

    /** Returns the first members after a username. */
    static List<User> page(Handle handle, RoomId room, String after, int limit) {
        return handle.select("""
                select u.id, u.username, u.display_name, u.avatar from members m join users u on u.id = m.user_id
                where m.room_id = ? and u.username_key > ?
                order by u.username_key limit ?
                """, room.value(), after.toLowerCase(Locale.ROOT), limit)
                .map(UserRows.USER)
                .list();
    }

    /** Returns the first members whose username begins so, or a word of whose display name does. */
    static List<User> named(Handle handle, RoomId room, String start, int limit) {
        String key = start.toLowerCase(Locale.ROOT);
        return handle.select("""
                select u.id, u.username, u.display_name, u.avatar from members m join users u on u.id = m.user_id
                where m.room_id = ? and u.deleted_at is null and (position(? in u.username_key) = 1
                    or position(? in concat(' ', lower(u.display_name))) > 0)
                order by u.username_key limit ?
                """, room.value(), key, " " + key, limit)
                .map(UserRows.USER)
                .list();
    }

    /** Returns those of the users who are operators. */
    static Set<UserId> operatorsAmong(Handle handle, Collection<UserId> users) {
        return handle.select("select id from users where operator and id = any(?)", (Object) Columns.userIds(users))
                .mapTo(Long.class)
                .map(UserId::new)
                .collect(Collectors.toSet());
    }

    /** Returns those of the users who are members of the room. */
    static List<User> among(Handle handle, RoomId room, Collection<UserId> users) {
        return handle.select("""
                select u.id, u.username, u.display_name, u.avatar from members m join users u on u.id = m.user_id
                where m.user_id = any(?) and m.room_id = ?
                """, Columns.userIds(users), room.value())
                .map(UserRows.USER)
                .list();
    }

    /** Returns those of the users who are members of each room. */
    static Map<RoomId, Set<UserId>> among(Handle handle, Collection<RoomId> rooms, Collection<UserId> users) {
        return handle.select(
                        "select room_id, user_id from members where user_id = any(?) and room_id = any(?)",
                        Columns.userIds(users),
                        Columns.roomIds(rooms))
                .map((row, context) ->
                        Map.entry(new RoomId(row.getString("room_id")), new UserId(row.getLong("user_id"))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    /** Returns the room with its first members. The members of a public room, who are all users, are not counted. */
    static Optional<RoomSummary> summary(Handle handle, RoomId room, int limit) {
        return handle.select("""
                select r.name, r.kind, case r.kind when 'public' then 0 else (
                    select count(*) from members m where m.room_id = r.id
                ) end as members from rooms r where r.id = ?
                """, room.value())
                .map((row, context) -> {
                    int count = row.getInt("members");
                    return new RoomSummary(
                            row.getString("name"),
                            RoomRows.kind(row),
                            count,
                            count == 0 ? List.of() : page(handle, room, "", limit),
                            MuteRows.muted(handle, room));
                })
                .findOne();
    }
}
