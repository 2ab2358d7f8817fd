package chat.klatsch.admin;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;

/**
 * Where it is kept what operators do, each with its deed. What is already as wanted stays as it is. Thread-safe; every
 * method may throw a ChatException UNAVAILABLE, or FORBIDDEN for somebody who is not an operator any more. For
 * private chats, too, there is NOT_FOUND.
 */
public interface AdminStore {
    /** Ends all sign-ins and links to new passwords. @throws chat.klatsch.core.ChatException INVALID for an operator */
    void ban(UserId operator, UserId user, String note, Instant now);

    void unban(UserId operator, UserId user, Instant now);

    /** @throws chat.klatsch.core.ChatException INVALID for somebody who is banned or whose account is deleted */
    void appoint(UserId operator, UserId user, Instant now);

    /** @throws chat.klatsch.core.ChatException INVALID for the only operator */
    void dismiss(UserId operator, UserId user, Instant now);

    /** Keeps a token to choose a new password with. @throws chat.klatsch.core.ChatException INVALID for operators and the banned */
    void allowReset(UserId operator, UserId user, String token, Instant now);

    /** Lets nobody in any more who is not invited. */
    void close(UserId operator, RoomId room, Instant now);

    /** Makes the operator a member and the owner. @throws chat.klatsch.core.ChatException INVALID while the owner is there */
    void takeOver(UserId operator, RoomId room, Instant now);

    /** The room and everything said in it. */
    void delete(UserId operator, RoomId room, Instant now);

    /**
     * A message, leaving its place.
     *
     * @return the room's version
     */
    long delete(UserId operator, AdminMessage.Place place, Instant now);
}
