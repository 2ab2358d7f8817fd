package chat.klatsch.store;

import chat.klatsch.core.IdempotencyKey;
import chat.klatsch.core.IdempotencyKeys.RepeatedRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency key of the request that each thread handles, until a transaction records it. The key and the change are
 * thus stored together or not at all. Thread-safe.
 */
final class PendingKeys {
    /** Limits the size of the table. */
    private static final Duration LIFETIME = Duration.ofDays(1);

    private record Pending(IdempotencyKey key, Instant now) {}

    private final ThreadLocal<@Nullable Pending> pending = new ThreadLocal<>();

    /** Makes the first transaction of an action record a key. */
    <T> T during(IdempotencyKey key, Instant now, Supplier<T> action) {
        pending.set(new Pending(key, now));
        try {
            return action.get();
        } finally {
            pending.remove();
        }
    }

    /**
     * Records the thread's key in a transaction that has just begun, and deletes old ones. Waits for a concurrent
     * transaction with the same key.
     *
     * @throws RepeatedRequestException if the key is recorded already
     */
    void record(Handle handle) {
        @Nullable Pending current = pending.get();
        if (current == null) {
            return;
        }
        handle.execute(
                "delete from idempotency_keys where recorded_at < ?",
                current.now().minus(LIFETIME));
        try {
            handle.execute(
                    "insert into idempotency_keys (digest, answer, recorded_at) values (?, ?, ?)",
                    current.key().digest(),
                    current.key().answer(),
                    current.now());
        } catch (UnableToExecuteStatementException e) {
            if (SqlError.of(e).kind() == SqlError.Kind.DUPLICATE) {
                throw new RepeatedRequestException();
            }
            throw e;
        }
    }

    /** Notes that the transaction has been committed. */
    void committed() {
        pending.remove();
    }
}
