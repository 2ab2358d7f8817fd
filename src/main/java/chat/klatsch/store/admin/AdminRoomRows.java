package chat.klatsch.store.admin;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.store.room.SqlMembershipStore;
import org.jdbi.v3.core.Handle;

/** Rooms as operators may touch them: never a private chat, which for them does not exist. */
final class AdminRoomRows {
    /** A group whose owner is gone; {@code o} is the owner. */
    static final String OWNERLESS =
            "(r.kind in ('open', 'closed') and (o.id is null or o.deleted_at is not null or o.banned_at is not null))";

    private AdminRoomRows() {}

    /** As {@link SqlMembershipStore#lock}. @throws ChatException NOT_FOUND for private chats as well */
    static String lock(Handle handle, RoomId room) {
        return handle.createQuery("select kind from rooms where id = ? and kind <> 'direct' for update")
                .bind(0, room.value())
                .mapTo(String.class)
                .findOne()
                .orElseThrow(ChatException::roomNotFound);
    }

    /** The same. @throws ChatException FORBIDDEN for the public room, which is everybody's */
    static void lockGroup(Handle handle, RoomId room) {
        if ("public".equals(lock(handle, room))) {
            throw new ChatException(ChatException.Kind.FORBIDDEN, "The public room stays as it is.");
        }
    }

    /** @throws ChatException INVALID while its owner is there */
    static void refuseOwned(Handle handle, RoomId room) {
        handle.createQuery("select r.id from rooms r left join users o on o.id = r.owner_id where r.id = ? and "
                        + OWNERLESS)
                .bind(0, room.value())
                .mapTo(String.class)
                .findOne()
                .orElseThrow(() ->
                        new ChatException(ChatException.Kind.INVALID, "The room has an owner, who is still here."));
    }

    static boolean isMember(Handle handle, RoomId room, UserId user) {
        return handle.createQuery("select 1 from members where room_id = ? and user_id = ?")
                .bind(0, room.value())
                .bind(1, user.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
