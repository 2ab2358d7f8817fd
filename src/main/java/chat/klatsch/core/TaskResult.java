package chat.klatsch.core;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for the results of work that other threads do. */
public final class TaskResult {
    private TaskResult() {}

    /**
     * Waits for the result, and cancels the task if it has not begun.
     *
     * @param refusal what is thrown if the task is cancelled, takes too long, or the thread is interrupted
     * @throws ChatException what the task throws, or the refusal
     * @throws IllegalStateException for any other exception of the task
     */
    public static <T> T await(FutureTask<T> task, Duration longest, Supplier<ChatException> refusal) {
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException | TimeoutException e) {
            throw because(e, refusal.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw because(e, refusal.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("The work has failed", e.getCause());
        } finally {
            task.cancel(false);
        }
    }

    private static ChatException because(Exception cause, ChatException refusal) {
        refusal.initCause(cause);
        return refusal;
    }
}
