package chat.klatsch.store;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Locks a room's row until the commit, which excludes joining, leaving, posting, transfer and deletion. Locks are taken
 * in the order idempotency key, room, operators, user.
 */
public final class RoomLock {
    private RoomLock() {}

    /**
     * Waits for the lock and returns the room's owner.
     *
     * @throws ChatException NOT_FOUND if the room does not exist
     */
    public static Optional<UserId> lock(Handle handle, RoomId room) {
        return Queries.find(
                        handle,
                        Long.class,
                        "select coalesce(owner_id, 0) from rooms where id = ? for update",
                        room.value())
                .map(owner -> Optional.of(new UserId(owner)).filter(id -> id.value() != 0))
                .orElseThrow(ChatException::roomNotFound);
    }
}
