package chat.klatsch.admin;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Optional;

/**
 * What operators may know of everybody and every room. Private chats are not in it. Thread-safe; every method may throw
 * a ChatException UNAVAILABLE.
 */
public interface AdminQueries {
    boolean isOperator(UserId user);

    /** People by username, after that one, whose username or display name has this in it. */
    List<AdminUser> people(String name, String after, int limit);

    /** The public room and groups by their names, after that one, or all when there is no such room. */
    List<AdminRoom> rooms(Optional<RoomId> after, int limit);

    /** Messages, the newest first, before that one, or all when there is no such message. */
    List<AdminMessage> messages(Optional<AdminMessage.Place> before, int limit);

    /** Deeds with a lower id, the newest first. */
    List<AuditEntry> deeds(long before, int limit);
}
