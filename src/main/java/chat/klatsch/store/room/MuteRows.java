package chat.klatsch.store.room;

import chat.klatsch.admin.AuditEntry;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.store.AuditLog;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Who may only read which room. Changed under the lock of the room, which whoever writes to it holds as well. */
public final class MuteRows {
    private MuteRows() {}

    public static Set<UserId> in(Handle handle, RoomId room) {
        return handle.createQuery("select user_id from mutes where room_id = ?")
                .bind(0, room.value())
                .mapTo(Long.class)
                .map(UserId::new)
                .collect(Collectors.toSet());
    }

    /** Whether they are a member. */
    static boolean add(Handle handle, RoomId room, UserId user, UserId moderator, Instant now) {
        if (in(handle, room).contains(user)) {
            return true;
        }
        boolean member = handle.execute(
                        "insert into mutes (room_id, user_id) select room_id, user_id from members"
                                + " where room_id = ? and user_id = ?",
                        room.value(),
                        user.value())
                > 0;
        if (member) {
            new AuditLog(handle, moderator, AuditEntry.Action.MUTED, now)
                    .about(user)
                    .in(room)
                    .write();
        }
        return member;
    }

    /** Whether they were. */
    static boolean takeBack(Handle handle, RoomId room, UserId user, UserId moderator, Instant now) {
        boolean muted = remove(handle, room, user) > 0;
        if (muted) {
            new AuditLog(handle, moderator, AuditEntry.Action.UNMUTED, now)
                    .about(user)
                    .in(room)
                    .write();
        }
        return muted;
    }

    public static int remove(Handle handle, RoomId room, UserId user) {
        return handle.execute("delete from mutes where room_id = ? and user_id = ?", room.value(), user.value());
    }
}
