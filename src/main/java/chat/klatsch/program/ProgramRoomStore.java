package chat.klatsch.program;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores the rooms of programs. To them, private chats do not exist. Thread-safe; every method may throw a
 * {@link ChatException} UNAVAILABLE.
 */
public interface ProgramRoomStore {
    Optional<ProgramRoom> find(RoomId id);

    /** Returns the room that was created with this key. */
    Optional<ProgramRoom> find(String key);

    /** Returns the rooms of a member in the order of their names, the lobby first. */
    List<ProgramRoom> of(UserId member);

    /**
     * Creates a group without members. Does nothing if one was created with the same key.
     *
     * @param key of the room, or empty
     * @throws ChatException TAKEN if an open room has the name
     */
    void create(RoomId id, Room.Kind kind, RoomName name, String key, UserId owner, Instant now);

    /** @throws ChatException TAKEN if an open room has the name, NOT_FOUND for an unknown room, FORBIDDEN for the lobby */
    void rename(RoomId id, RoomName name);
}
