package chat.klatsch.store.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Adds and removes members of a room. The caller holds the room's lock, or has just created it. */
public final class MemberRows {
    private MemberRows() {}

    /** Adds a member to a group, who may have been invited or removed before. */
    public static void add(Handle handle, RoomId room, UserId user, Instant now) {
        InvitationRows.clear(handle, room, user);
        addFirst(handle, room, user, now);
        RoomRows.countMembers(handle, room);
        MemberChangeRows.add(handle, room, user, true, now);
    }

    /** Adds a member to a new room. All earlier messages count as read. Programs are not told. */
    static int addFirst(Handle handle, RoomId room, UserId user, Instant now) {
        return handle.execute("""
                insert into members (user_id, room_id, joined_at, read_seq)
                select cast(? as bigint), id, cast(? as timestamp with time zone), last_seq from rooms where id = ?
                """, user.value(), now, room.value());
    }

    /** Returns whether the user was a member. */
    static boolean remove(Handle handle, RoomId room, UserId user, Instant now) {
        handle.execute("delete from mentions where room_id = ? and user_id = ?", room.value(), user.value());
        int left = handle.execute("delete from members where room_id = ? and user_id = ?", room.value(), user.value());
        RoomRows.countMembers(handle, room);
        if (left > 0) {
            MemberChangeRows.add(handle, room, user, false, now);
        }
        return left > 0;
    }
}
