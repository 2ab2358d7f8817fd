package chat.klatsch.search;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.UserId;
import chat.klatsch.text.Text;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one search at a time for each user, so that nobody takes the places of others. A second search waits briefly for the
 * first, and any further one is refused. Thread-safe.
 */
final class UserTurns {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(3);
    private static final int MAX_SEARCHES = 2;

    private final Map<UserId, Turn> turns = new ConcurrentHashMap<>();

    /** The searches of one user, of which one runs. */
    private record Turn(int searches, Semaphore free) {}

    /** Runs the search on the calling thread. @throws ChatException TOO_MANY while another one of the user runs */
    <T> T run(UserId user, Supplier<T> search) {
        Turn turn = turns.compute(user, (id, current) -> entered(current));
        try {
            if (!turn.free().tryAcquire(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw refused();
            }
            try {
                return search.get();
            } finally {
                turn.free().release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused();
        } finally {
            turns.computeIfPresent(
                    user,
                    (id, current) -> current.searches() == 1 ? null : new Turn(current.searches() - 1, current.free()));
        }
    }

    private static Turn entered(@Nullable Turn current) {
        if (current == null) {
            return new Turn(1, new Semaphore(1));
        }
        if (current.searches() == MAX_SEARCHES) {
            throw refused();
        }
        return new Turn(current.searches() + 1, current.free());
    }

    private static ChatException refused() {
        return new ChatException(ChatException.Kind.TOO_MANY, new Text("refusal.search.running"), RETRY_AFTER);
    }
}
