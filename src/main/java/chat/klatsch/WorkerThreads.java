package chat.klatsch;

import io.javalin.util.ConcurrencyUtil;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which a chat works outside of requests. Thread-safe. */
record WorkerThreads(ExecutorService executor, ScheduledExecutorService timer) implements AutoCloseable {
    private static final String NAME = "klatsch";
    private static final int STOP_TIMEOUT_SECONDS = 2;

    static WorkerThreads start() {
        ExecutorService executor = ConcurrencyUtil.isLoomAvailable()
                ? ConcurrencyUtil.executorService(NAME, true)
                : Executors.newCachedThreadPool(daemons(NAME));
        return new WorkerThreads(executor, Executors.newSingleThreadScheduledExecutor(daemons(NAME + "-timer")));
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Stops the timer, and gives posts in progress time to be committed. */
    @Override
    public void close() {
        timer.shutdownNow();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
            timer.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
