package chat.klatsch.thread;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on the executor of a host. One that it rejects, or would run in the calling thread, which may hold locks, is
 * offered again until it is taken. There are never more of these than rooms in use and emails to be written. Thread-safe.
 */
final class HostExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(HostExecutor.class);
    private static final int RETRY_MILLIS = 100;
    private static final int ATTEMPTS_IN_SILENCE = 10;

    private final Executor host;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean rejecting = new AtomicBoolean();

    /** The number of tasks that the host has taken and not finished. Guarded by this object. */
    private int underWay;

    /** @throws IllegalArgumentException if the executor runs tasks in the calling thread */
    HostExecutor(Executor host, ScheduledExecutorService timer) {
        this.host = host;
        this.timer = timer;
        if (!offer(() -> {})) {
            throw new IllegalArgumentException("the executor rejects tasks, or runs them in the calling thread");
        }
    }

    @Override
    public void execute(Runnable task) {
        execute(task, 1);
    }

    private void execute(Runnable task, int attempt) {
        if (offer(task)) {
            if (rejecting.compareAndSet(true, false)) {
                log.info("The host's executor takes tasks again");
            }
            return;
        }
        if (attempt == ATTEMPTS_IN_SILENCE && rejecting.compareAndSet(false, true)) {
            log.warn(
                    "The host's executor has rejected tasks for a second, so messages are late and posts may be refused");
        }
        // The timer rejects it, too, once the chat is closing.
        timer.schedule(() -> execute(task, attempt + 1), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private boolean offer(Runnable task) {
        Thread caller = Thread.currentThread();
        AtomicBoolean offering = new AtomicBoolean(true);
        AtomicBoolean refused = new AtomicBoolean();
        begin();
        try {
            host.execute(() -> {
                if (offering.get() && Thread.currentThread() == caller) {
                    refused.set(true);
                    return;
                }
                try {
                    task.run();
                } finally {
                    end();
                }
            });
        } catch (RejectedExecutionException full) {
            refused.set(true);
        } finally {
            offering.set(false);
        }
        if (refused.get()) {
            end();
        }
        return !refused.get();
    }

    private synchronized void begin() {
        underWay++;
    }

    private synchronized void end() {
        underWay--;
        notifyAll();
    }

    /** Waits until the host has finished what it has taken, or for the time. */
    synchronized void awaitTasks(long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (underWay > 0 && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
        }
    }
}
