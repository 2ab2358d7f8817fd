package chat.klatsch.live;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that runs when rung, never twice at the same time, and once more if it was rung while it ran. However many rings
 * come meanwhile, they are answered by that one run: the busier it is, the more each run does. Thread-safe.
 */
public final class SerialTask {
    private static final Logger log = LoggerFactory.getLogger(SerialTask.class);

    private final Executor executor;
    private final Runnable work;
    private final AtomicInteger rings = new AtomicInteger();

    public SerialTask(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    public void ring() {
        if (rings.getAndIncrement() == 0) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException closing) {
                rings.set(0);
            }
        }
    }

    /** Whatever goes wrong in one run must not keep the next from coming. */
    private void run() {
        int answered;
        do {
            answered = rings.get();
            try {
                work.run();
            } catch (Throwable e) {
                log.error("A room's work failed", e);
            }
        } while (rings.addAndGet(-answered) > 0);
    }
}
