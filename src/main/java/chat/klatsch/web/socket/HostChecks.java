package chat.klatsch.web.socket;

import chat.klatsch.core.ChatException;
import chat.klatsch.live.Connection;
import chat.klatsch.web.host.Recheck;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Asks the host for each connection whether its user is still signed in there, a few at a time. A connection stays open
 * while the host does not answer. Thread-safe.
 */
final class HostChecks {
    /** The questions that the host is asked at the same time. */
    private static final int AT_A_TIME = 16;

    private final Executor executor;
    private final Consumer<SendQueue> signOut;
    private final Queue<SendQueue> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();

    /** @param executor whose threads may wait for the host */
    HostChecks(Executor executor, Consumer<SendQueue> signOut) {
        this.executor = executor;
        this.signOut = signOut;
    }

    /** Begins to check the connections of the host's users, unless the last check is not over. */
    void check(Collection<SendQueue> connections) {
        if (running.get() > 0) {
            return;
        }
        connections.stream()
                .filter(connection -> connection.recheck().isPresent())
                .forEach(waiting::add);
        int workers = Math.min(AT_A_TIME, waiting.size());
        running.set(workers);
        for (int worker = 0; worker < workers; worker++) {
            executor.execute(this::work);
        }
    }

    private void work() {
        try {
            for (SendQueue next = waiting.poll(); next != null; next = waiting.poll()) {
                check(next);
            }
        } finally {
            running.decrementAndGet();
        }
    }

    private void check(SendQueue connection) {
        try {
            switch (connection.recheck().map(Recheck::ask).orElse(Recheck.Answer.SAME)) {
                case SAME -> {}
                case ENDED -> signOut.accept(connection);
                // The page connects again with a new request.
                case UNKNOWN -> connection.end(Connection.CloseReason.RENEWED);
            }
        } catch (ChatException refusal) {
            if (refusal.kind() != ChatException.Kind.UNAVAILABLE) {
                // An operator has banned the user.
                signOut.accept(connection);
            }
        }
    }
}
