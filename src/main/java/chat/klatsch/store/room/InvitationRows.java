package chat.klatsch.store.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Invitations;
import chat.klatsch.room.Room;
import chat.klatsch.store.Queries;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Reads and deletes who may join a room: by an invitation, or because the owner has not removed them. */
public final class InvitationRows {
    /** Matches an invitation {@code i} that is neither declined nor expired. Binds the time of {@link #oldest}. */
    static final String PENDING = "i.declined_at is null and i.invited_at > ?";

    /** Counts the invitations of member {@code m}, once: in the row of the public room. Binds {@code oldest}. */
    static final String COUNT = """
            case r.kind when 'public' then (
                select count(*) from invitations i where i.user_id = m.user_id and\s""" + PENDING.replace("?", ":oldest") + """
            ) else 0 end as invitations
            """;

    private InvitationRows() {}

    /** Returns the time at which an invitation that expires now was made. */
    static Instant oldest(Instant now) {
        return now.minus(Invitations.LIFETIME);
    }

    static boolean isInvited(Handle handle, RoomId room, UserId user, Instant now) {
        return Queries.exists(
                handle,
                "select 1 from invitations i where i.room_id = ? and i.user_id = ? and " + PENDING,
                room.value(),
                user.value(),
                oldest(now));
    }

    /** @throws chat.klatsch.core.ChatException FORBIDDEN for a user whom the owner has removed */
    static void refuseRemoved(Handle handle, RoomId room, UserId user) {
        if (Queries.exists(
                handle, "select 1 from removals where room_id = ? and user_id = ?", room.value(), user.value())) {
            throw Room.removed();
        }
    }

    /** Records that the owner has removed a member. */
    static void addRemoval(Handle handle, RoomId room, UserId user) {
        handle.execute("insert into removals (room_id, user_id) values (?, ?)", room.value(), user.value());
    }

    /** Forgets invitation and removal of a user who becomes a member. */
    static void clear(Handle handle, RoomId room, UserId user) {
        for (String table : new String[] {"invitations", "removals"}) {
            handle.execute("delete from " + table + " where room_id = ? and user_id = ?", room.value(), user.value());
        }
    }

    /** Withdraws what the user has sent. */
    public static int withdrawAll(Handle handle, UserId inviter) {
        return handle.execute("delete from invitations where inviter_id = ?", inviter.value());
    }

    /** Forgets a user whose account is deleted. */
    public static void forget(Handle handle, UserId user) {
        withdrawAll(handle, user);
        handle.execute("delete from invitations where user_id = ?", user.value());
        handle.execute("delete from removals where user_id = ?", user.value());
    }
}
