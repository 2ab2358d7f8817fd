package chat.klatsch.event;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One node's users in a room.
 *
 * @param users all of them
 * @param first the first of them by username, at most {@link #MAX_SHOWN}
 */
public record PresenceReport(Set<UserId> users, List<User> first) {
    /** The number of users that a page lists. A longer list would make every arrival in a crowded room expensive. */
    public static final int MAX_SHOWN = 50;

    public static final PresenceReport EMPTY = new PresenceReport(Set.of(), List.of());

    public PresenceReport {
        users = Set.copyOf(users);
        first = List.copyOf(first);
    }

    /** Returns the same users, those among these with their new names. */
    public PresenceReport withNames(Map<UserId, User> renamed) {
        return new PresenceReport(
                users,
                first.stream()
                        .map(user -> renamed.getOrDefault(user.id(), user))
                        .toList());
    }
}
