package chat.klatsch.event;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Set;

/**
 * Who is in a room on one JVM.
 *
 * @param people all of them
 * @param first the first of them by username, at most {@link #SHOWN}: nobody is shown more
 */
public record PresenceReport(Set<UserId> people, List<User> first) {
    /** Users of a room that a page lists. More names help nobody, and would make every arrival in a crowd expensive. */
    public static final int SHOWN = 50;

    public static final PresenceReport NOBODY = new PresenceReport(Set.of(), List.of());

    public PresenceReport {
        people = Set.copyOf(people);
        first = List.copyOf(first);
    }
}
