package chat.klatsch.live;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that runs on an executor, never twice at the same time. All calls of {@link #wake} during a run are answered by
 * one more run, so each run does more the busier it is. Thread-safe.
 */
public final class SerialTask {
    private static final Logger log = LoggerFactory.getLogger(SerialTask.class);

    private final Executor executor;
    private final Runnable work;
    private final AtomicInteger pending = new AtomicInteger();

    public SerialTask(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    /** Makes the work run at least once from now on. */
    public void wake() {
        if (pending.getAndIncrement() == 0) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException closing) {
                pending.set(0);
            }
        }
    }

    private void run() {
        int answered;
        do {
            answered = pending.get();
            try {
                work.run();
            } catch (Throwable e) {
                // A failed run must not prevent the next.
                log.error("A serial task failed", e);
            }
        } while (pending.addAndGet(-answered) > 0);
    }
}
