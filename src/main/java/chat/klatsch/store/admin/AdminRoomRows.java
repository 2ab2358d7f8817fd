package chat.klatsch.store.admin;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.store.Queries;
import org.jdbi.v3.core.Handle;

/** Locks and checks rooms for operators, to whom private chats do not exist. */
final class AdminRoomRows {
    /** Matches a group {@code r} whose owner {@code o} is missing, deleted or banned. */
    static final String OWNERLESS =
            "(r.kind in ('open', 'closed') and (o.id is null or o.deleted_at is not null or o.banned_at is not null))";

    private AdminRoomRows() {}

    /**
     * Locks the room until the commit and returns its kind.
     *
     * @throws ChatException NOT_FOUND for a private chat as well
     */
    static String lock(Handle handle, RoomId room) {
        return Queries.find(
                        handle,
                        String.class,
                        "select kind from rooms where id = ? and kind <> 'direct' for update",
                        room.value())
                .orElseThrow(ChatException::roomNotFound);
    }

    /**
     * Locks the room until the commit.
     *
     * @throws ChatException NOT_FOUND for a private chat as well, FORBIDDEN for the public room
     */
    static void lockGroup(Handle handle, RoomId room) {
        if ("public".equals(lock(handle, room))) {
            throw new ChatException(ChatException.Kind.FORBIDDEN, "refusal.public.room");
        }
    }

    /** @throws ChatException INVALID while the room has an active owner */
    static void refuseOwned(Handle handle, RoomId room) {
        String sql = "select 1 from rooms r left join users o on o.id = r.owner_id where r.id = ? and " + OWNERLESS;
        if (!Queries.exists(handle, sql, room.value())) {
            throw new ChatException(ChatException.Kind.INVALID, "refusal.owner.active");
        }
    }

    static boolean isMember(Handle handle, RoomId room, UserId user) {
        return Queries.exists(
                handle, "select 1 from members where room_id = ? and user_id = ?", room.value(), user.value());
    }
}
