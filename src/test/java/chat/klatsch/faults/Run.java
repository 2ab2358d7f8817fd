package chat.klatsch.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Runs traffic through a chat while faults are injected, and checks its history. */
final class Run {
    /** The time after the last fault within which every user has every message. */
    static final Duration UNTIL_LEVEL = Duration.ofSeconds(10);

    /** The maximum latency between nodes without Redis, including measurement. */
    static final Duration WITHOUT_REDIS = Duration.ofMillis(3_500);

    /** The time without faults at the start, for comparison. */
    private static final Duration BEGINNING = Duration.ofSeconds(5);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Plan plan;
    private final Cluster cluster;
    private final Random random;
    private final DeliveryTimes deliveryTimes = new DeliveryTimes();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> remaining = new ArrayList<>();

    private Run(Plan plan, Cluster cluster) {
        this.plan = plan;
        this.cluster = cluster;
        this.random = new Random(plan.seed());
    }

    /** Executes the run and writes a summary to {@code target/faults}. */
    static Summary of(Plan plan, Cluster cluster) {
        Summary summary = new Run(plan, cluster).run();
        try {
            String name =
                    "seed-%s-jvms-%s.txt".formatted(plan.seed(), cluster.nodes().size());
            Path file = Path.of("target", "faults", name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, summary + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(summary);
        return summary;
    }

    private Summary run() {
        try (SimulatedUsers users = new SimulatedUsers(cluster, plan.users(), plan.rate(), deliveryTimes, random)) {
            long end = System.nanoTime() + plan.length().toNanos();
            users.begin();
            pause(BEGINNING);
            while (System.nanoTime() < end || faults.size() < plan.faults().size()) {
                fail();
            }
            cluster.nodes().forEach(Node::awaitReady);
            Optional<Duration> untilLevel = users.settle(UNTIL_LEVEL);
            cluster.loseRedis();
            Optional<Duration> goodbyes = users.sayGoodbye(WITHOUT_REDIS);
            History history = users.history(cluster.stored());
            return new Summary(
                    plan,
                    history.acknowledged().size(),
                    users.all().stream().mapToInt(SimulatedUser::retries).sum(),
                    faults,
                    untilLevel,
                    goodbyes,
                    deliveryTimes.calm(),
                    deliveryTimes.withoutRedis(),
                    Checker.violations(history),
                    cluster.errors());
        }
    }

    /** Injects one fault for a while. */
    private void fail() {
        long begun = System.nanoTime();
        Fault fault = next();
        Duration held = SHORTEST.plusMillis(random.nextLong(plan.held().toMillis()));
        deliveryTimes.breaks(fault);
        Runnable undo = fault.inflict(cluster, random);
        pause(held);
        undo.run();
        deliveryTimes.clears();
        faults.add(fault);
        pause(plan.between().minusNanos(System.nanoTime() - begun));
    }

    /** Returns every fault in a random order, then again in another. */
    private Fault next() {
        if (remaining.isEmpty()) {
            remaining.addAll(plan.faults());
            Collections.shuffle(remaining, random);
        }
        return remaining.remove(0);
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
