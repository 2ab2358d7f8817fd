package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The users in one room on other nodes. A node's report is a claim: a user counts once the store has said that this is a
 * member of the room, and has the name from the store. Reads all new claims together, at most once a second. Confined to
 * the room's serial task, except for the methods that say otherwise.
 */
final class RemotePresence {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Function<Collection<UserId>, List<User>> membersAmong;

    /** The last report of each node that has sent one since the last {@link #refresh}. Empty if its users have left. */
    private final Map<String, Set<UserId>> arrived = new ConcurrentHashMap<>();

    /** The reported users of each node. Read by any thread. */
    private final Map<String, Set<UserId>> reports = new ConcurrentHashMap<>();

    /** Reported users whose membership is unknown or may have changed. */
    private final Set<UserId> unchecked = ConcurrentHashMap.newKeySet();

    /** The reported users who are members. */
    private final Map<UserId, User> members = new ConcurrentHashMap<>();

    private final NavigableSet<User> byName = new TreeSet<>(User.BY_NAME);
    private long changes;
    private Instant readAt = Instant.EPOCH;

    /** @param membersAmong reads those of the users who are members of the room */
    RemotePresence(Function<Collection<UserId>, List<User>> membersAmong) {
        this.membersAmong = membersAmong;
    }

    /** Replaces a node's last report. Any thread. */
    void onReport(String node, Set<UserId> users) {
        arrived.put(node, users);
    }

    /** The membership or name of this user, or of all if null, may have changed. Any thread. */
    void invalidate(@Nullable UserId user) {
        if (user == null) {
            reports.values().forEach(unchecked::addAll);
        } else if (isReported(user)) {
            unchecked.add(user);
        }
    }

    /** Takes new reports, and reads the users to check if that is due. @throws ChatException UNAVAILABLE */
    void refresh(Instant now) {
        if (!arrived.isEmpty()) {
            Set.copyOf(arrived.keySet()).forEach(this::takeReport);
            members.keySet().stream().filter(user -> !isReported(user)).toList().forEach(this::remove);
            unchecked.removeIf(user -> !isReported(user));
        }
        if (unchecked.isEmpty() || now.isBefore(readAt.plus(INTERVAL))) {
            return;
        }
        Set<UserId> asked = Set.copyOf(unchecked);
        unchecked.removeAll(asked);
        try {
            List<User> found = membersAmong.apply(asked);
            asked.forEach(this::remove);
            found.forEach(this::add);
        } catch (RuntimeException e) {
            unchecked.addAll(asked);
            throw e;
        }
        readAt = now;
    }

    private void takeReport(String node) {
        Set<UserId> users = arrived.remove(node);
        if (users.isEmpty()) {
            reports.remove(node);
        } else {
            reports.put(node, users);
            users.stream().filter(user -> !members.containsKey(user)).forEach(unchecked::add);
        }
    }

    private void add(User user) {
        members.put(user.id(), user);
        byName.add(user);
        changes++;
    }

    private void remove(UserId user) {
        @Nullable User removed = members.remove(user);
        if (removed != null) {
            byName.remove(removed);
            changes++;
        }
    }

    private boolean isReported(UserId user) {
        return reports.values().stream().anyMatch(report -> report.contains(user));
    }

    /** Returns a number that rises with each change of the users. */
    long changes() {
        return changes;
    }

    /** Any thread. */
    Set<UserId> users() {
        return members.keySet();
    }

    Optional<User> user(UserId id) {
        return Optional.ofNullable(members.get(id));
    }

    /** Returns the users by username. */
    Collection<User> byName() {
        return byName;
    }

    /** Returns when {@link #refresh} will read the store. */
    Optional<Instant> nextRefresh() {
        return unchecked.isEmpty() ? Optional.empty() : Optional.of(readAt.plus(INTERVAL));
    }
}
