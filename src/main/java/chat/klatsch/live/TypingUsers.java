package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The users who are typing in one room, each until some seconds after the last signal. Thread-safe. */
final class TypingUsers {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_SHOWN = 3;

    /** More than this are forged, except for users who are in the room. */
    private static final int MAX_TYPING = 1_000;

    private final Map<UserId, Instant> until = new ConcurrentHashMap<>();

    /**
     * Adds a user or prolongs the time. If there are too many, only users who are in the room remain.
     *
     * @param present whether a user is in the room, as far as this is known
     */
    void add(UserId user, Instant now, Predicate<UserId> present) {
        if (until.size() >= MAX_TYPING && !until.containsKey(user)) {
            if (!present.test(user)) {
                return;
            }
            until.keySet().removeIf(present.negate());
        }
        until.put(user, now.plus(TIMEOUT));
    }

    void remove(UserId user) {
        until.remove(user);
    }

    void expire(Instant now) {
        until.values().removeIf(end -> !end.isAfter(now));
    }

    /** Returns the times at which users will be removed. */
    Stream<Instant> deadlines() {
        return until.values().stream();
    }

    /** Returns the first by username, as many as a page shows. @param present returns a user who is in the room */
    List<User> shown(Function<UserId, Optional<User>> present) {
        return until.keySet().stream()
                .flatMap(user -> present.apply(user).stream())
                .sorted(Comparator.comparing(User::username))
                .limit(MAX_SHOWN)
                .toList();
    }
}
