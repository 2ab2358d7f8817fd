package chat.klatsch.event;

import chat.klatsch.core.UserId;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** One node's users in a room, at most {@link #MAX_USERS}. */
public record PresenceReport(Set<UserId> users) {
    /** The number of users that a page lists. A longer list would make every arrival in a crowded room expensive. */
    public static final int MAX_SHOWN = 50;

    /** Far more than a node has connections by default. */
    public static final int MAX_USERS = 50_000;

    public static final PresenceReport EMPTY = new PresenceReport(Set.of());

    public PresenceReport {
        users = Set.copyOf(users);
        if (users.size() > MAX_USERS) {
            throw new IllegalArgumentException("too many users for a report");
        }
    }

    /** Reports these users, or as many of them as a report can hold. */
    public static PresenceReport of(Collection<UserId> users) {
        return new PresenceReport(users.stream().limit(MAX_USERS).collect(Collectors.toSet()));
    }
}
