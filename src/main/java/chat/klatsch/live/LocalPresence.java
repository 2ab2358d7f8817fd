package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.PresenceReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who is in one room on this JVM, and with how many connections. Somebody who leaves stays for a moment, so that a
 * reload is no departure. Not thread-safe.
 */
final class LocalPresence {
    static final Duration GRACE = Duration.ofMillis(500);

    private static final class UserPresence {
        User user;
        int connections;

        UserPresence(User user) {
            this.user = user;
        }
    }

    private final Map<User, UserPresence> people = new TreeMap<>(User.BY_NAME);
    private final Map<UserId, UserPresence> byId = new HashMap<>();

    /**
     * Those whose last connection has gone, and until when they stay. Kept apart, since they are looked at each time that
     * messages are told: to look at everybody would be seven hundredths of telling a thousand.
     */
    private final Map<UserPresence, Instant> leaving = new LinkedHashMap<>();

    private long changes;

    /** Whoever comes in under another name than before has that name from now on. */
    void take(User user) {
        UserPresence person = byId.computeIfAbsent(user.id(), id -> new UserPresence(user));
        if (!people.containsKey(user) || !person.user.equals(user)) {
            changes++;
            people.remove(person.user);
            person.user = user;
            people.put(user, person);
        }
        person.connections++;
        leaving.remove(person);
    }

    void leave(User user, Instant now) {
        UserPresence person = byId.get(user.id());
        if (person != null && --person.connections == 0) {
            leaving.put(person, now.plus(GRACE));
        }
    }

    /** Forgets those whose grace is over. */
    void clear(Instant now) {
        leaving.entrySet().removeIf(departure -> {
            boolean gone = !departure.getValue().isAfter(now);
            if (gone) {
                User user = departure.getKey().user;
                people.remove(user);
                byId.remove(user.id());
                changes++;
            }
            return gone;
        });
    }

    /** Rises whenever somebody has come or gone. */
    long changes() {
        return changes;
    }

    int count() {
        return people.size();
    }

    boolean isTakenBy(UserId user) {
        return byId.containsKey(user);
    }

    /** The first of them by username, as many as are shown. */
    List<User> first() {
        return people.keySet().stream().limit(PresenceReport.SHOWN).toList();
    }

    /** When those who have left will be forgotten. */
    Stream<Instant> departures() {
        return leaving.values().stream();
    }

    PresenceReport attendance() {
        return new PresenceReport(Set.copyOf(byId.keySet()), first());
    }
}
