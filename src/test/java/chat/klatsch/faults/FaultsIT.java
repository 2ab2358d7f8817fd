package chat.klatsch.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs simulated users against real servers that are killed, frozen and restarted. */
class FaultsIT {
    private static final Duration TIMEOUT_WITH_A_THOUSAND = Duration.ofMinutes(1);

    @RegisterExtension
    static final Postgres POSTGRES = new Postgres();

    @TempDir
    Path scratch;

    @Test
    void every_guarantee_holds_under_every_fault() {
        try (Cluster cluster = Cluster.of(2, scratch, POSTGRES)) {
            Summary summary = Run.of(Plan.asAsked(), cluster);
            assertKept(summary);
            // The timer of each node, every two seconds, replaces the bus.
            assertThat(summary.withoutRedis().count()).isPositive();
            assertThat(summary.withoutRedis().worst()).isLessThan(Run.WITHOUT_REDIS.toMillis());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Plan.LENGTH, matches = ".+", disabledReason = "part of a long run")
    void clients_of_a_node_that_shuts_down_reconnect_to_another() {
        try (Cluster cluster = Cluster.of(2, scratch, POSTGRES);
                SimulatedUsers users = new SimulatedUsers(cluster, 10, 20, new DeliveryTimes(), new Random(1))) {
            users.begin();
            await().until(() -> users.everyone(user -> user.acknowledged().size() > 1));
            cluster.nodes().get(0).terminate();
            assertThat(cluster.nodes().get(0).exitCode()).isEqualTo(143);
            await().until(() -> users.closed(1012) > 0);
            Map<SimulatedUser, Integer> before = users.counted();
            await().until(() -> users.everyone(user -> user.acknowledged().size() > before.get(user) + 1));

            assertThat(users.settle(Run.UNTIL_LEVEL)).isPresent();
            assertThat(Checker.violations(users.history(cluster.stored()))).isEmpty();
            assertThat(cluster.errors()).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Plan.LENGTH, matches = ".+", disabledReason = "part of a long run")
    void a_locked_room_does_not_delay_other_rooms() {
        try (Cluster cluster = Cluster.of(1, scratch, POSTGRES);
                SimulatedUsers users = new SimulatedUsers(cluster, 10, 20, new DeliveryTimes(), new Random(1))) {
            users.begin();
            await().until(() -> users.everyone(user -> user.acknowledged().size() > 1));
            Runnable unlock = Fault.lock(cluster, "garden");
            Map<SimulatedUser, Integer> before = users.counted();
            await().until(() -> users.everyone(
                    user -> user.room().equals("garden") || user.acknowledged().size() > before.get(user) + 2));
            assertThat(users.all())
                    .filteredOn(user -> user.room().equals("garden"))
                    .allSatisfy(user -> assertThat(user.acknowledged()).hasSizeLessThanOrEqualTo(before.get(user) + 1));
            unlock.run();

            assertThat(users.settle(Run.UNTIL_LEVEL)).isPresent();
            assertThat(Checker.violations(users.history(cluster.stored()))).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Plan.LENGTH, matches = ".+", disabledReason = "part of a long run")
    void every_guarantee_holds_for_one_node_that_is_killed_ten_times() {
        Plan plan = Plan.asAsked()
                .atLeast(30, 60)
                .with(Duration.ofSeconds(6), Fault.JVM_KILLED)
                .lasting(Duration.ofSeconds(60));
        try (Cluster cluster = Cluster.alone(scratch)) {
            Summary summary = Run.of(plan, cluster);
            assertKept(summary);
            assertThat(summary.faults()).hasSizeGreaterThanOrEqualTo(10);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Plan.LENGTH, matches = ".+", disabledReason = "part of a long run")
    void a_thousand_clients_of_a_killed_node_catch_up_on_the_other() {
        try (Cluster cluster = Cluster.of(2, scratch, POSTGRES);
                SimulatedUsers users = new SimulatedUsers(cluster, 10, 5, new DeliveryTimes(), new Random(1))) {
            users.begin();
            for (int onlookers = 50; onlookers <= 1_000; onlookers += 50) {
                int expected = onlookers;
                users.watch(50);
                await().atMost(TIMEOUT_WITH_A_THOUSAND)
                        .until(() -> users.connected().count() >= expected);
            }
            cluster.nodes().get(0).kill();
            long killed = System.nanoTime();
            await().atMost(TIMEOUT_WITH_A_THOUSAND)
                    .until(() -> users.connected()
                                    .filter(observer -> observer.node() == 1)
                                    .count()
                            >= 1_000);
            System.out.printf("a thousand connected after %s ms%n", (System.nanoTime() - killed) / 1_000_000);

            assertThat(users.settle(TIMEOUT_WITH_A_THOUSAND)).isPresent();
            assertThat(Checker.violations(users.history(cluster.stored()))).isEmpty();
        }
    }

    private static void assertKept(Summary summary) {
        assertThat(summary.violations()).isEmpty();
        assertThat(summary.acknowledged()).isGreaterThan((int)
                (summary.plan().rate() * summary.plan().length().toSeconds() / 4));
        assertThat(summary.untilLevel()).isPresent();
        assertThat(summary.goodbyes()).isPresent();
        assertThat(summary.errors()).isEmpty();
    }
}
