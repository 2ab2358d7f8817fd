package chat.klatsch;

import io.javalin.util.ConcurrencyUtil;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The threads on which a chat works outside of requests. Thread-safe. */
record WorkerThreads(ExecutorService executor, ScheduledExecutorService timer) implements AutoCloseable {
    private static final int STOP_TIMEOUT_SECONDS = 2;

    static WorkerThreads start() {
        return new WorkerThreads(
                ConcurrencyUtil.executorService("klatsch", true),
                ConcurrencyUtil.newSingleThreadScheduledExecutor("klatsch-timer"));
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
