package chat.klatsch.core;

import chat.klatsch.text.Text;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bulkhead for expensive work: runs a fixed number of tasks at a time and lets others wait for a bounded time. Thread-safe. */
public final class ConcurrencyLimiter {
    private final Semaphore free;
    private final Duration timeout;
    private final String refusal;
    private final Duration retryAfter;

    /**
     * @param concurrency the number of tasks that run at the same time
     * @param timeout the longest wait for a free slot
     * @param refusal the key of the text for a user whose task did not get a slot
     */
    public ConcurrencyLimiter(int concurrency, Duration timeout, String refusal, Duration retryAfter) {
        this.free = new Semaphore(concurrency, true);
        this.timeout = timeout;
        this.refusal = refusal;
        this.retryAfter = retryAfter;
    }

    /** Runs the work on the calling thread. @throws ChatException UNAVAILABLE if no slot becomes free in time */
    public <T> T run(Supplier<T> work) {
        try {
            if (!free.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
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
        return new ChatException(ChatException.Kind.UNAVAILABLE, new Text(refusal), retryAfter);
    }
}
