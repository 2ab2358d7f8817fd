package chat.klatsch.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.account.Caller;
import chat.klatsch.account.Caller.Rank;
import chat.klatsch.core.ChatException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashQueueTest {
    private final HashQueue queue = new HashQueue(1);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();

    @AfterEach
    void close() {
        gate.countDown();
        queue.close();
        callers.shutdownNow();
    }

    @Test
    void work_runs_on_threads_of_the_queue_and_never_on_the_callers() {
        String thread = queue.run(
                caller("192.0.2.1", "alice", Rank.SIGN_IN),
                () -> Thread.currentThread().getName());
        assertThat(thread).startsWith("klatsch-hash-");
    }

    @Test
    void fifty_callers_wait_and_the_next_one_is_refused_at_once() {
        occupy();
        enter(50, number -> caller("192.0.2." + number, "a" + number, Rank.SIGN_IN));
        assertThatThrownBy(() -> queue.run(caller("198.51.100.1", "late", Rank.SIGN_IN), () -> 1))
                .isInstanceOfSatisfying(ChatException.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(ChatException.Kind.UNAVAILABLE);
                    assertThat(refusal.retryAfter()).isPositive();
                });
        assertThat(queue.size()).isEqualTo(50);
    }

    @Test
    void known_people_come_before_those_who_sign_in_and_these_before_sign_ups() {
        occupy();
        enter(1, number -> caller("192.0.2.1", "new", Rank.SIGN_UP));
        enter(1, number -> caller("192.0.2.1", "stranger", Rank.SIGN_IN));
        enter(1, number -> caller("192.0.2.1", "owner", Rank.KNOWN));
        assertThat(order(3)).containsExactly("owner", "stranger", "new");
    }

    @Test
    void a_network_with_many_callers_delays_and_displaces_itself() {
        occupy();
        enter(50, number -> caller("192.0.2.1", "guess" + number, Rank.SIGN_IN));
        enter(1, number -> caller("198.51.100.1", "honest", Rank.SIGN_IN));
        await().until(() -> refused.get() == 1);
        assertThat(order(50)).startsWith("guess0", "honest").doesNotContain("guess49");
    }

    @Test
    void an_account_with_many_callers_delays_itself_within_a_network() {
        occupy();
        enter(50, number -> caller("192.0.2.1", "bot", Rank.SIGN_IN));
        enter(1, number -> caller("192.0.2.1", "honest", Rank.SIGN_IN));
        assertThat(order(50)).startsWith("bot", "honest", "bot");
    }

    @Test
    void closing_refuses_those_who_wait() {
        occupy();
        enter(3, number -> caller("192.0.2.1", "a" + number, Rank.SIGN_IN));
        queue.close();
        await().until(() -> refused.get() == 3);
        assertThatThrownBy(() -> queue.run(caller("192.0.2.1", "late", Rank.KNOWN), () -> 1))
                .isInstanceOf(ChatException.class);
    }

    private static Caller caller(String network, String account, Rank rank) {
        return new Caller(network, account, rank);
    }

    /** Keeps the only thread busy until {@link #order}. */
    private void occupy() {
        CountDownLatch running = new CountDownLatch(1);
        callers.submit(() -> queue.run(caller("203.0.113.1", "first", Rank.KNOWN), () -> {
            running.countDown();
            gate.await();
            return 1;
        }));
        await().until(() -> running.getCount() == 0);
    }

    /** Lets callers enter one after another. */
    private void enter(int count, IntFunction<Caller> each) {
        for (int number = 0; number < count; number++) {
            Caller caller = each.apply(number);
            int before = queue.size();
            CompletableFuture.runAsync(() -> hash(caller), callers);
            await().until(() -> queue.size() > before || refused.get() > 0);
        }
    }

    private void hash(Caller caller) {
        try {
            queue.run(caller, () -> done.add(caller.account()));
        } catch (ChatException tooMany) {
            refused.incrementAndGet();
        }
    }

    private List<String> order(int count) {
        gate.countDown();
        await().until(() -> done.size() == count);
        return new ArrayList<>(done);
    }
}
