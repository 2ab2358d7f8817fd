package chat.klatsch.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.FaultyProxy;
import chat.klatsch.fixture.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Checks with default settings how soon departures and the return of Redis take effect. */
@EnabledIfSystemProperty(named = Plan.LENGTH, matches = ".+", disabledReason = "part of a long run")
class BoundsIT {
    @RegisterExtension
    static final Postgres POSTGRES = new Postgres();

    /** The time that polling adds to a bound. */
    private static final Duration GLANCE = Duration.ofMillis(200);

    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration PROMPT = Duration.ofMillis(500);
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(100);

    @TempDir
    Path scratch;

    private Cluster cluster;
    private ChatClient alice;
    private ChatClient bob;

    @BeforeEach
    void meet() {
        cluster = Cluster.of(2, scratch, POSTGRES);
        alice = new ChatClient(cluster.nodes().get(0).url(), "alice").signUp().connect();
        bob = new ChatClient(cluster.nodes().get(1).url(), "bob").signUp().connect();
        await().until(() -> alice.online() == 2 && bob.online() == 2);
    }

    @AfterEach
    void part() {
        alice.close();
        bob.close();
        cluster.close();
    }

    @RepeatedTest(3)
    void users_of_a_killed_node_disappear_within_ten_seconds() {
        cluster.nodes().get(1).kill();
        assertAliceAloneWithin(Duration.ofSeconds(10), "JVM killed");
    }

    @RepeatedTest(3)
    void a_user_who_leaves_disappears_within_two_seconds() {
        bob.disconnect();
        assertAliceAloneWithin(Duration.ofSeconds(2), "left");
    }

    @Test
    void a_user_whose_client_stops_answering_disappears_within_forty_seconds() throws Exception {
        bob.disconnect();
        await().until(() -> alice.online() == 1);
        try (FaultyProxy proxy = new FaultyProxy(cluster.nodes().get(1).port(), () -> Long.MAX_VALUE);
                ChatClient carol = new ChatClient(proxy.url(), "carol").signUp().connect()) {
            await().until(() -> alice.online() == 2 && carol.online() == 2);
            proxy.silenceSockets();
            assertAliceAloneWithin(Duration.ofSeconds(40), "half-open");
        }
    }

    @RepeatedTest(3)
    void messages_are_fast_again_five_seconds_after_redis_returns() {
        cluster.redis().kill();
        alice.posts("Can you hear me?");
        await().atMost(Duration.ofSeconds(3)).until(() -> bob.bodies().contains("Can you hear me?"));
        cluster.redis().start();
        long back = System.nanoTime();
        Duration recovered = Duration.ZERO;
        Duration now;
        do {
            LockSupport.parkNanos(BETWEEN_MESSAGES.toNanos());
            now = since(back);
            String text = "And now, after " + now + "?";
            alice.posts(text);
            bob.sees(text);
            if (since(back).minus(now).compareTo(PROMPT) > 0) {
                recovered = since(back);
            }
        } while (now.compareTo(RECOVERY.multipliedBy(2)) < 0);
        System.out.printf("Redis is back: the last late message arrived after %s ms%n", recovered.toMillis());
        assertThat(recovered).isLessThan(RECOVERY.plus(PROMPT));
    }

    @Test
    void a_node_shuts_down_within_ten_seconds_though_no_dependency_answers() {
        cluster.redis().freeze();
        cluster.postgres().freeze();
        try {
            long begin = System.nanoTime();
            cluster.nodes().get(0).terminate();
            assertThat(cluster.nodes().get(0).exitCode()).isEqualTo(143);
            System.out.printf("exited after %s ms%n", since(begin).toMillis());
            assertThat(since(begin)).isLessThan(Duration.ofSeconds(11)); // including one second to drain
        } finally {
            cluster.postgres().thaw();
            cluster.redis().thaw();
        }
    }

    private void assertAliceAloneWithin(Duration bound, String how) {
        long begin = System.nanoTime();
        await().atMost(bound.plus(GLANCE)).until(() -> alice.online() == 1);
        System.out.printf(
                "%s: removed from the list after %s ms%n", how, since(begin).toMillis());
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
