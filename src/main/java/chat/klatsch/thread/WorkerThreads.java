package chat.klatsch.thread;

import io.javalin.util.ConcurrencyUtil;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which a chat works outside of requests. Thread-safe.
 *
 * @param own runs what may wait for long, such as code of the host
 * @param host runs everything else, if the host has an executor for it
 */
public record WorkerThreads(ExecutorService own, ScheduledExecutorService timer, Optional<HostExecutor> host)
        implements AutoCloseable {
    private static final String NAME = "klatsch";
    private static final int STOP_TIMEOUT_SECONDS = 2;

    /** @throws IllegalArgumentException if the host's executor runs tasks in the calling thread */
    public static WorkerThreads start(Optional<Executor> host) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemons(NAME + "-timer"));
        try {
            Optional<HostExecutor> tasks = host.map(executor -> new HostExecutor(executor, timer));
            ExecutorService own = ConcurrencyUtil.isLoomAvailable()
                    ? ConcurrencyUtil.executorService(NAME, true)
                    : Executors.newCachedThreadPool(daemons(NAME));
            return new WorkerThreads(own, timer, tasks);
        } catch (Throwable e) {
            timer.shutdownNow();
            throw e;
        }
    }

    /** Runs the tasks of the chat, which take milliseconds. */
    public Executor executor() {
        return host.<Executor>map(tasks -> tasks).orElse(own);
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
        own.shutdown();
        try {
            if (host.isPresent()) {
                host.get().awaitTasks(STOP_TIMEOUT_SECONDS);
            }
            if (!own.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                own.shutdownNow();
            }
            timer.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            own.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
