package chat.klatsch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.ChatException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageThreadTest {
    private final ImageThread thread = new ImageThread();

    @AfterEach
    void close() {
        thread.close();
    }

    @Test
    void work_runs_on_one_thread_of_low_priority() {
        Thread first = thread.run(Thread::currentThread);
        assertThat(first).isSameAs(thread.run(Thread::currentThread)).isNotSameAs(Thread.currentThread());
        assertThat(first.isDaemon()).isTrue();
        assertThat(first.getPriority()).isEqualTo(Thread.MIN_PRIORITY);
        thread.close();
        await().until(() -> !first.isAlive());
    }

    @Test
    void a_refusal_reaches_the_caller() {
        ChatException refusal = ChatException.invalid("refusal.busy");
        assertThatThrownBy(() -> thread.run(() -> {
                    throw refusal;
                }))
                .isSameAs(refusal);
    }

    @Test
    void work_beyond_the_queue_is_refused_at_once_with_a_time_to_retry() {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        waiting.add(CompletableFuture.supplyAsync(
                () -> thread.run(() -> {
                    begun.countDown();
                    await().until(() -> end.getCount() == 0);
                    return done.incrementAndGet();
                }),
                task -> new Thread(task).start()));
        await().until(() -> begun.getCount() == 0);
        for (int i = 0; i < ImageThread.QUEUE; i++) {
            waiting.add(CompletableFuture.supplyAsync(
                    () -> thread.run(done::incrementAndGet), task -> new Thread(task).start()));
        }
        await().until(() -> thread.waiting() == ImageThread.QUEUE);
        assertThatThrownBy(() -> thread.run(done::incrementAndGet))
                .isInstanceOfSatisfying(ChatException.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(ChatException.Kind.UNAVAILABLE);
                    assertThat(refusal.retryAfter()).isPositive();
                    assertThat(refusal).hasCauseInstanceOf(RejectedExecutionException.class);
                });
        end.countDown();
        waiting.forEach(CompletableFuture::join);
        assertThat(done).hasValue(1 + ImageThread.QUEUE);
    }
}
