package chat.klatsch.store.account;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Queries;
import chat.klatsch.store.RoomLock;
import chat.klatsch.store.room.InvitationRows;
import chat.klatsch.store.room.MemberChangeRows;
import chat.klatsch.store.room.MuteRows;
import chat.klatsch.store.room.RoomRows;
import chat.klatsch.store.room.SqlRoomStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Removes a user who deletes the account from all rooms but private chats, which the other user keeps. The
 * longest-standing active member of an owned room becomes its owner; a room without one is deleted.
 */
final class AccountDeletion {
    private AccountDeletion() {}

    /** Returns the rooms that the user was a member of, after taking the locks of all. */
    static Set<RoomId> leaveRooms(Handle handle, UserId user) {
        Map<RoomId, Optional<UserId>> owners = RoomLock.lockRoomsOf(handle, user);
        owners.forEach((room, owner) -> {
            if (owner.equals(Optional.of(user))) {
                replaceOwner(handle, room, user);
            }
        });
        handle.execute("delete from mentions where user_id = ?", user.value());
        handle.execute("""
                delete from members
                where user_id = ? and room_id in (select id from rooms where kind <> 'direct')
                """, user.value());
        owners.keySet().forEach(room -> RoomRows.countMembers(handle, room));
        InvitationRows.forget(handle, user);
        return owners.keySet();
    }

    /** Records that the user has left those of the rooms that still exist and are no private chats. */
    static void recordLeaving(Handle handle, UserId user, Set<RoomId> rooms, Instant now) {
        handle.select("select id from rooms where id = any(?) and kind <> 'direct' order by id", (Object)
                        Columns.roomIds(rooms))
                .mapTo(String.class)
                .map(RoomId::new)
                .list()
                .forEach(room -> MemberChangeRows.add(handle, room, user, false, now));
    }

    private static void replaceOwner(Handle handle, RoomId room, UserId owner) {
        successor(handle, room, owner)
                .ifPresentOrElse(
                        successor -> {
                            MuteRows.clear(handle, room, new UserId(successor));
                            handle.execute("update rooms set owner_id = ? where id = ?", successor, room.value());
                        },
                        () -> SqlRoomStore.delete(handle, room));
    }

    private static Optional<Long> successor(Handle handle, RoomId room, UserId owner) {
        return Queries.find(handle, Long.class, """
                select m.user_id from members m join users u on u.id = m.user_id
                where m.room_id = ? and m.user_id <> ? and u.banned_at is null and u.deleted_at is null
                order by m.joined_at, m.user_id limit 1
                """, room.value(), owner.value());
    }
}
