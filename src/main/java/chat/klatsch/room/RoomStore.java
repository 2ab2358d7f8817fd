package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores rooms and their invitations. Methods that take an owner throw {@link ChatException} FORBIDDEN if the user does
 * not own the room any longer. Every method may throw UNAVAILABLE, and all are safe to repeat. Thread-safe.
 */
public interface RoomStore {
    /** Returns the user's rooms: the public room, groups by name, then direct rooms. */
    List<Membership> membershipsOf(UserId member);

    /** Returns the room if the user is a member. */
    Optional<Room> room(UserId member, RoomId id);

    /**
     * Returns the first open rooms after another one, those with the most members first, then by name. An empty or unknown
     * {@code after} means the first page.
     */
    List<RoomPreview> openRooms(RoomSearch search, Optional<RoomId> after, int limit);

    /** Returns the room if it is open or the user is invited. */
    Optional<RoomPreview> preview(RoomId id, UserId user, Instant now);

    /** Returns the room of a valid invitation code, and who invites. */
    Optional<LinkInvitation> invited(String code, Instant now);

    /** @throws ChatException TAKEN if an open room has the name */
    void create(RoomId id, RoomName name, Room.Kind kind, UserId owner, Instant now);

    /** Returns the direct room of two users. Creates it with the given id if there is none. */
    RoomId direct(RoomId ifNew, UserId one, UserId other, Instant now);

    /** @throws ChatException TAKEN if an open room has the name */
    void change(UserId owner, RoomId room, RoomName name, Room.Kind kind, boolean verifiedOnly);

    /** Makes a member the owner. Returns false if the user is not a member. */
    boolean transfer(UserId owner, RoomId room, UserId member);

    Optional<Invitation> invitation(RoomId room, Instant now);

    /** Replaces the current invitation. */
    void invite(UserId owner, RoomId room, Invitation invitation);

    void revokeInvitation(UserId owner, RoomId room);

    /** Deletes the room and its messages. */
    void delete(UserId owner, RoomId room);
}
