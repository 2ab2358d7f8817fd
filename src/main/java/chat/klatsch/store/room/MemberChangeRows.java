package chat.klatsch.store.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Records who joins and leaves rooms, for the programs that want to know. Private chats are not recorded. The counter stays
 * locked until the commit, so numbers become visible in order: its lock is taken after those of rooms and operators.
 */
public final class MemberChangeRows {
    /** The changes that are kept. A program that is further behind misses the oldest. */
    private static final int MAX_KEPT = 100_000;

    private MemberChangeRows() {}

    public static int add(Handle handle, RoomId room, UserId user, boolean joined, Instant now) {
        handle.execute("update member_change_counter set version = version + 1");
        handle.execute(
                "delete from member_changes where version <= (select version from member_change_counter) - ?",
                MAX_KEPT);
        return handle.execute("""
                insert into member_changes (version, room_id, user_id, joined, happened_at)
                select version, cast(? as varchar), cast(? as bigint), cast(? as boolean),
                    cast(? as timestamp with time zone)
                from member_change_counter
                """, room.value(), user.value(), joined, now);
    }
}
