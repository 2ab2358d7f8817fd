package chat.klatsch.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.account.Requester;
import chat.klatsch.account.Requester.Rank;
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
    private final ExecutorService requesters = Executors.newCachedThreadPool();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<Rank> ranks = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();

    @AfterEach
    void close() {
        gate.countDown();
        queue.close();
        requesters.shutdownNow();
    }

    @Test
    void work_runs_on_threads_of_the_queue_and_never_on_the_callers() {
        String thread = queue.run(
                requester("192.0.2.1", "alice", Rank.SIGN_IN),
                () -> Thread.currentThread().getName());
        assertThat(thread).startsWith("klatsch-hash-");
    }

    @Test
    void fifty_callers_wait_and_the_next_one_is_refused_at_once() {
        occupy();
        enter(50, number -> requester("192.0.2." + number, "a" + number, Rank.SIGN_IN));
        assertThatThrownBy(() -> queue.run(requester("198.51.100.1", "late", Rank.SIGN_IN), () -> 1))
                .isInstanceOfSatisfying(ChatException.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(ChatException.Kind.UNAVAILABLE);
                    assertThat(refusal.retryAfter()).isPositive();
                });
        assertThat(queue.size()).isEqualTo(50);
    }

    @Test
    void known_people_come_before_those_who_sign_in_and_these_before_sign_ups() {
        occupy();
        enter(1, number -> requester("192.0.2.1", "new", Rank.SIGN_UP));
        enter(1, number -> requester("192.0.2.1", "stranger", Rank.SIGN_IN));
        enter(1, number -> requester("192.0.2.1", "owner", Rank.KNOWN));
        assertThat(order(3)).containsExactly("owner", "stranger", "new");
    }

    @Test
    void a_network_with_many_callers_delays_and_displaces_itself() {
        occupy();
        enter(50, number -> requester("192.0.2.1", "guess" + number, Rank.SIGN_IN));
        enter(1, number -> requester("198.51.100.1", "honest", Rank.SIGN_IN));
        await().until(() -> refused.get() == 1);
        assertThat(order(50)).startsWith("guess0", "honest").doesNotContain("guess49");
    }

    @Test
    void an_account_with_many_callers_delays_itself_within_a_network() {
        occupy();
        enter(50, number -> requester("192.0.2.1", "bot", Rank.SIGN_IN));
        enter(1, number -> requester("192.0.2.1", "honest", Rank.SIGN_IN));
        assertThat(order(50)).startsWith("bot", "honest", "bot");
    }

    @Test
    void known_people_who_send_many_requests_delay_and_displace_themselves_alone() {
        occupy();
        enter(25, number -> requester("192.0.2.1", "bot", Rank.KNOWN));
        enter(25, number -> requester("192.0.2.1", "bot" + number, Rank.KNOWN));
        enter(1, number -> requester("192.0.2.1", "neighbour", Rank.SIGN_IN));
        enter(1, number -> requester("198.51.100.1", "honest", Rank.SIGN_IN));
        enter(1, number -> requester("198.51.100.1", "new", Rank.SIGN_UP));
        await().until(() -> refused.get() == 3);
        assertThat(order(50)).startsWith("bot", "neighbour", "honest", "new");
    }

    @Test
    void whose_hash_is_running_comes_after_those_who_have_none() {
        occupy();
        enter(1, number -> requester("203.0.113.1", "first", Rank.KNOWN));
        enter(1, number -> requester("198.51.100.1", "new", Rank.SIGN_UP));
        assertThat(order(2)).containsExactly("new", "first");
    }

    @Test
    void strangers_who_guess_at_an_account_do_not_delay_its_owner() {
        occupy();
        enter(50, number -> requester("192.0.2.1", "owner", Rank.SIGN_IN));
        enter(1, number -> requester("192.0.2.1", "owner", Rank.KNOWN));
        await().until(() -> refused.get() == 1);
        gate.countDown();
        await().until(() -> ranks.size() == 50);
        assertThat(ranks).startsWith(Rank.KNOWN, Rank.SIGN_IN);
    }

    @Test
    void closing_refuses_those_who_wait() {
        occupy();
        enter(3, number -> requester("192.0.2.1", "a" + number, Rank.SIGN_IN));
        queue.close();
        await().until(() -> refused.get() == 3);
        assertThatThrownBy(() -> queue.run(requester("192.0.2.1", "late", Rank.KNOWN), () -> 1))
                .isInstanceOf(ChatException.class);
    }

    private static Requester requester(String network, String account, Rank rank) {
        return new Requester(network, account, rank);
    }

    /** Keeps the only thread busy until {@link #order}. */
    private void occupy() {
        CountDownLatch running = new CountDownLatch(1);
        requesters.submit(() -> queue.run(requester("203.0.113.1", "first", Rank.KNOWN), () -> {
            running.countDown();
            gate.await();
            return 1;
        }));
        await().until(() -> running.getCount() == 0);
    }

    /** Lets requesters enter one after another. */
    private void enter(int count, IntFunction<Requester> each) {
        for (int number = 0; number < count; number++) {
            Requester requester = each.apply(number);
            int before = queue.size();
            int turned = refused.get();
            CompletableFuture.runAsync(() -> hash(requester), requesters);
            await().until(() -> queue.size() > before || refused.get() > turned);
        }
    }

    private void hash(Requester requester) {
        try {
            queue.run(requester, () -> done.add(requester.account()) && ranks.add(requester.rank()));
        } catch (ChatException tooMany) {
            refused.incrementAndGet();
        }
    }

    private List<String> order(int count) {
        gate.countDown();
        await().until(() -> ranks.size() == count);
        return new ArrayList<>(done);
    }
}
