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
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts each user's connections to one room on this node. A user whose last connection closes stays present for
 * {@link #GRACE}, so that a page reload does not show as leaving. Not thread-safe.
 */
final class LocalPresence {
    static final Duration GRACE = Duration.ofMillis(500);

    private static final class PresentUser {
        User user;
        int connections;

        PresentUser(User user) {
            this.user = user;
        }
    }

    private final Map<User, PresentUser> byName = new TreeMap<>(User.BY_NAME);
    private final Map<UserId, PresentUser> byId = new HashMap<>();

    /**
     * Users without a connection, and the end of their grace time. Kept apart because each broadcast reads it: a scan of
     * all users would take 7 % of a broadcast to a thousand.
     */
    private final Map<PresentUser, Instant> leaving = new LinkedHashMap<>();

    private long changes;

    /** Counts a connection. The user's latest name replaces an earlier one. */
    void join(User user) {
        PresentUser present = byId.computeIfAbsent(user.id(), id -> new PresentUser(user));
        if (!byName.containsKey(user) || !present.user.equals(user)) {
            changes++;
            byName.remove(present.user);
            present.user = user;
            byName.put(user, present);
        }
        present.connections++;
        leaving.remove(present);
    }

    /** Gives a present user another name. */
    void rename(User user) {
        PresentUser present = byId.get(user.id());
        if (present != null && !present.user.equals(user)) {
            changes++;
            byName.remove(present.user);
            present.user = user;
            byName.put(user, present);
        }
    }

    void leave(User user, Instant now) {
        PresentUser present = byId.get(user.id());
        if (present != null && --present.connections == 0) {
            leaving.put(present, now.plus(GRACE));
        }
    }

    /** Removes the users whose grace time is over. */
    void expire(Instant now) {
        leaving.entrySet().removeIf(entry -> {
            boolean expired = !entry.getValue().isAfter(now);
            if (expired) {
                User user = entry.getKey().user;
                byName.remove(user);
                byId.remove(user.id());
                changes++;
            }
            return expired;
        });
    }

    /** Returns a number that rises with each change of the users. */
    long changes() {
        return changes;
    }

    int count() {
        return byName.size();
    }

    boolean contains(UserId user) {
        return byId.containsKey(user);
    }

    Optional<User> user(UserId id) {
        return Optional.ofNullable(byId.get(id)).map(present -> present.user);
    }

    /** Returns the first users by username, as many as a page lists. */
    List<User> first() {
        return byName.keySet().stream().limit(PresenceReport.MAX_SHOWN).toList();
    }

    /** Returns the times at which users will be removed. */
    Stream<Instant> deadlines() {
        return leaving.values().stream();
    }

    PresenceReport report() {
        return PresenceReport.of(byId.keySet());
    }
}
