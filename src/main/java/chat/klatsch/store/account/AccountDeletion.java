package chat.klatsch.store.account;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.store.RoomLock;
import chat.klatsch.store.room.MuteRows;
import chat.klatsch.store.room.SqlRoomStore;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What becomes of the rooms of somebody who goes for good: each of theirs falls to who has belonged to it longest, and
 * goes with them where nobody else does. Private chats stay with the other person.
 */
final class AccountDeletion {
    private AccountDeletion() {}

    /** Returns the rooms that have changed. They are locked one after the other in an order that is the same for all. */
    static List<RoomId> of(Handle handle, UserId user) {
        List<RoomId> rooms = handle.createQuery("""
                select r.id from members m join rooms r on r.id = m.room_id
                where m.user_id = :user and r.kind <> 'public' order by r.id
                """)
                .bind("user", user.value())
                .mapTo(String.class)
                .map(RoomId::new)
                .list();
        rooms.forEach(room -> leave(handle, room, user));
        handle.execute("delete from mentions where user_id = ?", user.value());
        handle.execute("""
                delete from members
                where user_id = ? and room_id in (select id from rooms where kind <> 'direct')
                """, user.value());
        return rooms;
    }

    /** A private chat has no owner to follow. */
    private static void leave(Handle handle, RoomId room, UserId user) {
        if (RoomLock.lock(handle, room).filter(user::equals).isPresent()) {
            heir(handle, room, user)
                    .ifPresentOrElse(
                            heir -> {
                                MuteRows.remove(handle, room, new UserId(heir));
                                handle.execute("update rooms set owner_id = ? where id = ?", heir, room.value());
                            },
                            () -> SqlRoomStore.delete(handle, room));
        }
    }

    private static Optional<Long> heir(Handle handle, RoomId room, UserId owner) {
        return handle.createQuery("""
                select m.user_id from members m join users u on u.id = m.user_id
                where m.room_id = :room and m.user_id <> :owner and u.banned_at is null and u.deleted_at is null
                order by m.joined_at, m.user_id limit 1
                """)
                .bind("room", room.value())
                .bind("owner", owner.value())
                .mapTo(Long.class)
                .findOne();
    }
}
