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

    /**
     * Users in the order of their usernames.
     *
     * @param name part of the username or display name; blank for all users
     * @param after the last username of the previous page; blank for the first page
     */
    List<AdminUser> people(String name, String after, int limit);

    /**
     * The lobby and the groups in the order of their names.
     *
     * @param after the last room of the previous page; an empty or unknown one means the first page
     */
    List<AdminRoom> rooms(Optional<RoomId> after, int limit);

    /**
     * Messages, newest first.
     *
     * @param before the last message of the previous page; an empty or unknown one means the first page
     */
    List<AdminMessage> messages(Optional<AdminMessage.Place> before, int limit);

    /** Audit entries with an id below {@code before}, newest first. */
    List<AuditEntry> deeds(long before, int limit);
}
