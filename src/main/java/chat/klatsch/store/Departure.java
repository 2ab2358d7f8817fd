package chat.klatsch.store;

import chat.klatsch.room.RoomId;
import chat.klatsch.room.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What becomes of the rooms of somebody who goes for good: each of theirs falls to who has belonged to it longest, and
 * goes with them where nobody else does. Private chats stay with the other person.
 */
final class Departure {
    private Departure() {}

    /** Returns the rooms that have changed. Groups are locked one after the other in an order that is the same for all. */
    static List<RoomId> of(Handle handle, UserId user) {
        List<RoomId> groups = handle.createQuery("""
                select r.id from members m join rooms r on r.id = m.room_id
                where m.user_id = :user and r.kind in ('open', 'closed') order by r.id
                """)
                .bind("user", user.value())
                .mapTo(String.class)
                .map(RoomId::new)
                .list();
        groups.forEach(group -> leave(handle, group, user));
        handle.execute("delete from mentions where user_id = ?", user.value());
        handle.execute("""
                delete from members
                where user_id = ? and room_id in (select id from rooms where kind <> 'direct')
                """, user.value());
        List<RoomId> changed = new ArrayList<>(groups);
        changed.addAll(handle.createQuery("""
                select r.id from members m join rooms r on r.id = m.room_id
                where m.user_id = :user and r.kind = 'direct'
                """)
                .bind("user", user.value())
                .mapTo(String.class)
                .map(RoomId::new)
                .list());
        return changed;
    }

    private static void leave(Handle handle, RoomId group, UserId user) {
        if (SqlMemberStore.lock(handle, group).filter(user::equals).isPresent()) {
            heir(handle, group, user)
                    .ifPresentOrElse(
                            heir -> {
                                MuteRows.remove(handle, group, new UserId(heir));
                                handle.execute("update rooms set owner_id = ? where id = ?", heir, group.value());
                            },
                            () -> SqlRoomStore.delete(handle, group));
        }
    }

    private static Optional<Long> heir(Handle handle, RoomId group, UserId owner) {
        return handle.createQuery("""
                select m.user_id from members m join users u on u.id = m.user_id
                where m.room_id = :room and m.user_id <> :owner and u.banned_at is null and u.deleted_at is null
                order by m.joined_at, m.user_id limit 1
                """)
                .bind("room", group.value())
                .bind("owner", owner.value())
                .mapTo(Long.class)
                .findOne();
    }
}
