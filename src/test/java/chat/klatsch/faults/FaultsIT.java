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

/** Real servers that die, stand still and come back, and people who go on talking. */
class FaultsIT {
    private static final Duration PATIENCE_WITH_A_THOUSAND = Duration.ofMinutes(1);

    @RegisterExtension
    static final Postgres POSTGRES = new Postgres();

    @TempDir
    Path scratch;

    @Test
    void every_guarantee_holds_under_every_fault() {
        try (Cluster fleet = Cluster.of(2, scratch, POSTGRES)) {
            Summary summary = Run.of(Plan.asAsked(), fleet);
            assertKept(summary);
            // The patrol of each JVM, every two seconds, makes up for the bell.
            assertThat(summary.withoutRedis().count()).isPositive();
            assertThat(summary.withoutRedis().worst()).isLessThan(Run.WITHOUT_REDIS.toMillis());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Plan.LENGTH, matches = ".+", disabledReason = "part of a long run")
    void clients_of_a_node_that_shuts_down_reconnect_to_another() {
        try (Cluster fleet = Cluster.of(2, scratch, POSTGRES);
                SimulatedUsers crowd = new SimulatedUsers(fleet, 10, 20, new DeliveryTimes(), new Random(1))) {
            crowd.begin();
            await().until(() -> crowd.everyone(person -> person.acknowledged().size() > 1));
            fleet.nodes().get(0).terminate();
            assertThat(fleet.nodes().get(0).exitCode()).isEqualTo(143);
            await().until(() -> crowd.closed(1012) > 0);
            Map<SimulatedUser, Integer> before = crowd.counted();
            await().until(() -> crowd.everyone(person -> person.acknowledged().size() > before.get(person) + 1));

            assertThat(crowd.settle(Run.UNTIL_LEVEL)).isPresent();
            assertThat(Checker.violations(crowd.history(fleet.stored()))).isEmpty();
            assertThat(fleet.errors()).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Plan.LENGTH, matches = ".+", disabledReason = "part of a long run")
    void a_locked_room_does_not_delay_other_rooms() {
        try (Cluster fleet = Cluster.of(1, scratch, POSTGRES);
                SimulatedUsers crowd = new SimulatedUsers(fleet, 10, 20, new DeliveryTimes(), new Random(1))) {
            crowd.begin();
            await().until(() -> crowd.everyone(person -> person.acknowledged().size() > 1));
            Runnable unlock = Fault.lock(fleet, "garden");
            Map<SimulatedUser, Integer> before = crowd.counted();
            await().until(() -> crowd.everyone(person ->
                    person.room().equals("garden") || person.acknowledged().size() > before.get(person) + 2));
            assertThat(crowd.people())
                    .filteredOn(person -> person.room().equals("garden"))
                    .allSatisfy(person ->
                            assertThat(person.acknowledged()).hasSizeLessThanOrEqualTo(before.get(person) + 1));
            unlock.run();

            assertThat(crowd.settle(Run.UNTIL_LEVEL)).isPresent();
            assertThat(Checker.violations(crowd.history(fleet.stored()))).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Plan.LENGTH, matches = ".+", disabledReason = "part of a long run")
    void every_guarantee_holds_for_one_node_that_is_killed_ten_times() {
        Plan plan = Plan.asAsked()
                .atLeast(30, 300)
                .with(Duration.ofSeconds(6), Fault.JVM_KILLED)
                .lasting(Duration.ofSeconds(60));
        try (Cluster fleet = Cluster.alone(scratch)) {
            Summary summary = Run.of(plan, fleet);
            assertKept(summary);
            assertThat(summary.faults()).hasSizeGreaterThanOrEqualTo(10);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Plan.LENGTH, matches = ".+", disabledReason = "part of a long run")
    void a_thousand_clients_of_a_killed_node_catch_up_on_the_other() {
        try (Cluster fleet = Cluster.of(2, scratch, POSTGRES);
                SimulatedUsers crowd = new SimulatedUsers(fleet, 10, 5, new DeliveryTimes(), new Random(1))) {
            crowd.begin();
            for (int onlookers = 50; onlookers <= 1_000; onlookers += 50) {
                int expected = onlookers;
                crowd.watch(50);
                await().atMost(PATIENCE_WITH_A_THOUSAND)
                        .until(() -> crowd.connected().count() >= expected);
            }
            fleet.nodes().get(0).kill();
            long killed = System.nanoTime();
            await().atMost(PATIENCE_WITH_A_THOUSAND)
                    .until(() -> crowd.connected()
                                    .filter(viewer -> viewer.node() == 1)
                                    .count()
                            >= 1_000);
            System.out.printf("a thousand connected after %d ms%n", (System.nanoTime() - killed) / 1_000_000);

            assertThat(crowd.settle(PATIENCE_WITH_A_THOUSAND)).isPresent();
            assertThat(Checker.violations(crowd.history(fleet.stored()))).isEmpty();
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
