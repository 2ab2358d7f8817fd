package chat.klatsch.core;

import java.util.Optional;
import java.util.function.Supplier;

/** Remembers for a day which requests have been carried out, on all nodes. Thread-safe. */
public interface IdempotencyKeys {
    /** Thrown within {@link #once} if the request has been carried out before. Nothing is changed then. */
    final class RepeatedRequestException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Returns the answer of the request with this key, if it has been carried out. */
    Optional<String> answer(IdempotencyKey key);

    /**
     * Runs an action, whose first transaction on this thread also records the key. Of concurrent calls with one key, on
     * whatever node, one succeeds.
     *
     * @throws RepeatedRequestException if the key is recorded already
     */
    <T> T once(IdempotencyKey key, Supplier<T> action);

    /**
     * Records the key of the running action at once, for an action without a transaction of its own.
     *
     * @throws RepeatedRequestException if the key is recorded already
     */
    void record();
}
