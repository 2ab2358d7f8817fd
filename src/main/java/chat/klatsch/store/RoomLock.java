package chat.klatsch.store;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Room;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Locks rooms' rows until the commit, which excludes joining, leaving, posting, transfer and deletion. Locks are taken
 * in the order idempotency key, rooms by id, operators, user.
 */
public final class RoomLock {
    private RoomLock() {}

    /**
     * Waits for the lock and returns the room's owner.
     *
     * @throws ChatException NOT_FOUND if the room does not exist
     */
    public static Optional<UserId> lock(Handle handle, RoomId room) {
        return lockIfPresent(handle, room).orElseThrow(ChatException::roomNotFound);
    }

    /**
     * Waits for the lock and returns the room's owner. The application around the chat may do what the owner may.
     *
     * @throws ChatException FORBIDDEN for a banned user, and one who is not the room's owner any longer
     */
    public static Optional<UserId> lockAs(Handle handle, UserId user, RoomId room) {
        Optional<UserId> owner = lock(handle, room);
        boolean permitted = owner.equals(Optional.of(user)) || UserRows.isApplication(handle, user);
        if (!permitted || UserRows.isBanned(handle, user)) {
            throw Room.ownersOnly();
        }
        return owner;
    }

    /** Waits until no other transaction has the lock. Returns false if the room does not exist. */
    public static boolean await(Handle handle, RoomId room) {
        return lockIfPresent(handle, room).isPresent();
    }

    private static Optional<Optional<UserId>> lockIfPresent(Handle handle, RoomId room) {
        return Queries.find(
                        handle,
                        Long.class,
                        "select coalesce(owner_id, 0) from rooms where id = ? for update",
                        room.value())
                .map(owner -> Optional.of(new UserId(owner)).filter(id -> id.value() != 0));
    }

    /** Returns the rooms of a member in the order of their ids. */
    public static List<RoomId> roomsOf(Handle handle, UserId member) {
        return handle.select("select room_id from members where user_id = ? order by room_id", member.value())
                .mapTo(String.class)
                .map(RoomId::new)
                .list();
    }

    /**
     * Waits for the locks of all rooms of a member while it holds those that it has got, and returns the rooms in the order of
     * their ids with their owners.
     */
    public static Map<RoomId, Optional<UserId>> lockRoomsOf(Handle handle, UserId member) {
        Map<RoomId, Optional<UserId>> owners = new LinkedHashMap<>();
        // One at a time, because H2 does not lock rows in the order of a query.
        roomsOf(handle, member)
                .forEach(room -> lockIfPresent(handle, room).ifPresent(owner -> owners.put(room, owner)));
        return owners;
    }
}
