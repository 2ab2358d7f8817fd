package chat.klatsch.core;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Work that costs much, of which only so much is done at once; the rest waits its turn, and not for ever. Thread-safe. */
public final class ConcurrencyLimiter {
    private final Semaphore free;
    private final Duration patience;
    private final String refusal;
    private final Duration retryAfter;

    /**
     * @param atOnce how many at a time
     * @param patience how long one waits
     * @param refusal what a person is told whose turn has not come
     */
    public ConcurrencyLimiter(int atOnce, Duration patience, String refusal, Duration retryAfter) {
        this.free = new Semaphore(atOnce, true);
        this.patience = patience;
        this.refusal = refusal;
        this.retryAfter = retryAfter;
    }

    /** @throws ChatException UNAVAILABLE when the turn does not come in time */
    public <T> T take(Supplier<T> work) {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private ChatException busy() {
        return new ChatException(ChatException.Kind.UNAVAILABLE, refusal, retryAfter);
    }
}
