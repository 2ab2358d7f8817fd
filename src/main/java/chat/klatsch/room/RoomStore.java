package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where rooms and their members are kept. Thread-safe. What takes an owner is refused, FORBIDDEN, when the room is no
 * longer theirs. Every method may throw {@link ChatException} UNAVAILABLE; what is already as wanted stays as it is, so
 * everything may be done again.
 */
public interface RoomStore {
    /** The rooms that this person belongs to: the public one, groups by their names, then private chats. */
    List<Membership> membershipsOf(UserId member);

    /** The room, if this person belongs to it. */
    Optional<Room> room(UserId member, RoomId id);

    /** The open rooms by their names, at most {@code limit}. */
    List<RoomPreview> openRooms(int limit);

    /** The open room with this id. */
    Optional<RoomPreview> openRoom(RoomId id);

    /** The room that this code leads into. */
    Optional<RoomPreview> invited(String code, Instant now);

    /** @throws ChatException TAKEN when there is an open room of that name */
    void create(RoomId id, RoomName name, Room.Kind kind, UserId owner, Instant now);

    /** The one private chat of these two, which is made with the given id if there is none yet. */
    RoomId direct(RoomId ifNew, UserId one, UserId other, Instant now);

    /** @throws ChatException TAKEN when there is an open room of that name */
    void change(UserId owner, RoomId room, RoomName name, Room.Kind kind, boolean verifiedOnly);

    /** Whether the room has a new owner; not when they are none of its members. */
    boolean transfer(UserId owner, RoomId room, UserId heir);

    Optional<Invitation> invitation(RoomId room, Instant now);

    /** In place of the one before. */
    void invite(UserId owner, RoomId room, Invitation invitation);

    void revokeInvitation(UserId owner, RoomId room);

    /** The room and everything said in it. */
    void delete(UserId owner, RoomId room);
}
