package chat.klatsch.event;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.live.Roster;
import java.util.List;
import java.util.Set;

/**
 * Who is in a room on one JVM.
 *
 * @param people all of them
 * @param first the first of them by username, at most {@link Roster#SHOWN}: nobody is shown more
 */
public record Attendance(Set<UserId> people, List<User> first) {
    public static final Attendance NOBODY = new Attendance(Set.of(), List.of());

    public Attendance {
        people = Set.copyOf(people);
        first = List.copyOf(first);
    }
}
