package chat.klatsch.store;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The lock of a room's row. Whoever holds several takes them in the order room, operators, user. */
public final class RoomLock {
    private RoomLock() {}

    /**
     * Until the commit nobody else joins, leaves, is given the room, deletes it or writes to it. Returns its owner.
     *
     * @throws ChatException NOT_FOUND when there is no such room, or not any more
     */
    public static Optional<UserId> lock(Handle handle, RoomId room) {
        return handle.createQuery("select coalesce(owner_id, 0) from rooms where id = :room for update")
                .bind("room", room.value())
                .mapTo(Long.class)
                .findOne()
                .map(UserId::new)
                .map(owner -> owner.value() == 0 ? Optional.<UserId>empty() : Optional.of(owner))
                .orElseThrow(ChatException::roomNotFound);
    }
}
