package chat.klatsch.image;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.TaskResult;
import chat.klatsch.text.Text;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One platform thread of low priority on which all images are processed, one after the other. Native decoders would hold
 * virtual threads to their carriers, and keep those from all other work. Thread-safe.
 */
final class ImageThread implements AutoCloseable {
    static final int QUEUE = 8;

    /** Longest wait of a request. An image that nobody waits for any more is not processed. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int IDLE_SECONDS = 10;
    private static final int STOP_SECONDS = 2;

    private final ThreadPoolExecutor executor;

    ImageThread() {
        this.executor = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), ImageThread::thread);
        executor.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "klatsch-images");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /**
     * Runs the work on the thread and waits for it.
     *
     * @throws ChatException UNAVAILABLE if too much other work is waiting or takes too long, or what the work throws
     */
    <T> T run(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        try {
            executor.execute(task);
            return TaskResult.await(task, TIMEOUT, ImageThread::busy);
        } catch (RejectedExecutionException tooMany) {
            ChatException refusal = busy();
            refusal.initCause(tooMany);
            throw refusal;
        } finally {
            executor.remove(task);
        }
    }

    /** Returns how many images wait for their turn. */
    int waiting() {
        return executor.getQueue().size();
    }

    private static ChatException busy() {
        return new ChatException(ChatException.Kind.UNAVAILABLE, new Text("refusal.images"), RETRY_AFTER);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
