package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stores the invitations of users by name, and the links of rooms. Thread-safe. Every method may throw {@link ChatException} UNAVAILABLE. */
public interface InvitationStore {
    /**
     * Invites a user for the owner. Does nothing for a member, and for a user who is invited already.
     *
     * @return false if nothing has changed
     * @throws ChatException FORBIDDEN if the owner does not own the room any longer or the user has declined an invitation of
     *     the owner or to the room, INVALID if the user is banned or there are too many invitations
     */
    boolean invite(UserId owner, RoomId room, User user, Instant now);

    /** Withdraws an invitation for the owner. Returns false if there is none. @throws ChatException FORBIDDEN as above */
    boolean withdraw(UserId owner, RoomId room, UserId user, Instant now);

    /** Declines an invitation. Returns false if there is none. */
    boolean decline(RoomId room, UserId user, Instant now);

    /** Returns the user's invitations, the newest first. */
    List<ReceivedInvitation> of(UserId user, Instant now);

    /** Returns who has invited the user to the room. */
    Optional<User> inviter(RoomId room, UserId user, Instant now);

    /** Returns the users who are invited to the room, by username. */
    List<User> invited(RoomId room, Instant now);

    /** Returns the room of a valid link, and who invites. */
    Optional<LinkInvitation> byLink(String code, Instant now);

    /** Returns the room's link, if it is valid. */
    Optional<Invitation> link(RoomId room, Instant now);

    /** Replaces the room's link for the owner. @throws ChatException FORBIDDEN as above */
    void addLink(UserId owner, RoomId room, Invitation link);

    /** Revokes the room's link for the owner. @throws ChatException FORBIDDEN as above */
    void removeLink(UserId owner, RoomId room);
}
