package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The users who are typing in one room, each until some seconds after the last signal. Thread-safe. */
final class TypingUsers {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_SHOWN = 3;

    private record TypingUser(User user, Instant until) {}

    private final Map<UserId, TypingUser> typing = new ConcurrentHashMap<>();

    void add(User user, Instant now) {
        typing.put(user.id(), new TypingUser(user, now.plus(TIMEOUT)));
    }

    void remove(UserId user) {
        typing.remove(user);
    }

    void rename(Map<UserId, User> renamed) {
        typing.replaceAll((id, typist) -> new TypingUser(renamed.getOrDefault(id, typist.user()), typist.until()));
    }

    void expire(Instant now) {
        typing.values().removeIf(user -> !user.until().isAfter(now));
    }

    /** Returns the times at which users will be removed. */
    Stream<Instant> deadlines() {
        return typing.values().stream().map(TypingUser::until);
    }

    /** Returns the first of these users by username, as many as a page shows. */
    List<User> shown(Predicate<UserId> users) {
        return typing.values().stream()
                .map(TypingUser::user)
                .filter(user -> users.test(user.id()))
                .sorted(Comparator.comparing(User::username))
                .limit(MAX_SHOWN)
                .toList();
    }
}
