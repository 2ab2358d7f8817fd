package chat.klatsch.admin;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Reads what operators may see of all users and rooms. Private chats are excluded. Thread-safe; every method may throw
 * a ChatException UNAVAILABLE.
 */
public interface AdminQueries {
    boolean isOperator(UserId user);

    /** The chat's name, if an operator has chosen one. */
    Optional<SiteName> siteName();

    /** Users in the order of their usernames, whose username or display name contains {@code name}. */
    List<AdminUser> users(String name, String after, int limit);

    /** The lobby and the groups in the order of their names. An empty or unknown {@code after} means the first page. */
    List<AdminRoom> rooms(Optional<RoomId> after, int limit);

    /** The name of the lobby or a group. */
    Optional<String> roomName(RoomId room);

    /** A message in the lobby or a group that is not deleted. */
    Optional<AdminMessage> message(AdminMessage.Id id);

    /** Messages, newest first. An empty or unknown {@code before} means the first page. */
    List<AdminMessage> messages(Optional<AdminMessage.Id> before, int limit);

    /**
     * Audit entries with an id below {@code before}, newest first.
     *
     * @param byOperators whether to return the actions of operators or those of room owners
     */
    List<AuditEntry> auditEntries(boolean byOperators, long before, int limit);
}
