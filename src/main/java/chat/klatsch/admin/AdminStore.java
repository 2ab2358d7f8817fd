package chat.klatsch.admin;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;

/**
 * Performs the actions of operators and records each in the audit log. An action without effect is not recorded.
 * Thread-safe. Every method may throw a ChatException: UNAVAILABLE, FORBIDDEN if the actor is not an operator any more,
 * or NOT_FOUND for a target that does not exist or is a private chat.
 */
public interface AdminStore {
    /** Ends all sessions and password reset links. @throws chat.klatsch.core.ChatException INVALID for an operator */
    void ban(UserId operator, UserId user, String note, Instant now);

    /**
     * Returns once no write in a room is under way that has not seen the ban of its user, and withdraws the invitations that
     * were among them.
     */
    void awaitWrites(UserId banned);

    void unban(UserId operator, UserId user, Instant now);

    /** @throws chat.klatsch.core.ChatException INVALID for a banned user or a deleted account */
    void appoint(UserId operator, UserId user, Instant now);

    /** @throws chat.klatsch.core.ChatException INVALID for the only operator */
    void dismiss(UserId operator, UserId user, Instant now);

    /** Stores a password reset token. @throws chat.klatsch.core.ChatException INVALID for an operator or a banned user */
    void storeResetToken(UserId operator, UserId user, String token, Instant now);

    /** Names the chat. */
    void rename(UserId operator, SiteName name, Instant now);

    /** Changes an open group to one that only invited users can join. */
    void close(UserId operator, RoomId room, Instant now);

    /** Makes the operator a member and the owner. @throws chat.klatsch.core.ChatException INVALID if there is an owner */
    void takeOver(UserId operator, RoomId room, Instant now);

    /** Deletes the room and all its messages. */
    void delete(UserId operator, RoomId room, Instant now);

    /**
     * Deletes a message and keeps its sequence number.
     *
     * @return the room's new version
     */
    long delete(UserId operator, AdminMessage.Id message, Instant now);
}
