package chat.klatsch.store.room;

import chat.klatsch.admin.AuditEntry.Action;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.store.AuditLog;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Stores who is muted in which room. Changed under the room's lock, which posting takes as well. */
public final class MuteRows {
    private MuteRows() {}

    public static Set<UserId> muted(Handle handle, RoomId room) {
        return handle.select("select user_id from mutes where room_id = ?", room.value())
                .mapTo(Long.class)
                .map(UserId::new)
                .collect(Collectors.toSet());
    }

    /** Mutes a member and records it, unless already muted. Returns false for a user who is not a member. */
    static boolean mute(Handle handle, RoomId room, UserId user, UserId moderator, String reason, Instant now) {
        if (muted(handle, room).contains(user)) {
            return true;
        }
        int added = handle.execute(
                "insert into mutes (room_id, user_id, reason) select room_id, user_id, cast(? as varchar) from members"
                        + " where room_id = ? and user_id = ?",
                reason,
                room.value(),
                user.value());
        return added > 0
                && new AuditLog(moderator, Action.MUTED, now)
                                .user(user)
                                .room(room)
                                .note(reason)
                                .write(handle)
                        > 0;
    }

    /** Returns whether the user was muted. If so, the change is recorded. */
    static boolean unmute(Handle handle, RoomId room, UserId user, UserId moderator, Instant now) {
        return clear(handle, room, user) > 0
                && new AuditLog(moderator, Action.UNMUTED, now)
                                .user(user)
                                .room(room)
                                .write(handle)
                        > 0;
    }

    /** Removes the mute without recording it. */
    public static int clear(Handle handle, RoomId room, UserId user) {
        return handle.execute("delete from mutes where room_id = ? and user_id = ?", room.value(), user.value());
    }
}
