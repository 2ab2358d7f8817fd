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

/** Traffic through a chat in which one thing after the other fails, and what the checker says to it. */
final class Run {
    /** How long it may take after the last fault until everybody has everything. */
    static final Duration UNTIL_LEVEL = Duration.ofSeconds(10);

    /** How long messages may take between JVMs without Redis, and a moment to notice. */
    static final Duration WITHOUT_REDIS = Duration.ofMillis(3_500);

    /** Without faults, to see what it is like in good weather. */
    private static final Duration BEGINNING = Duration.ofSeconds(5);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Plan plan;
    private final Cluster fleet;
    private final Random random;
    private final DeliveryTimes weather = new DeliveryTimes();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> remaining = new ArrayList<>();

    private Run(Plan plan, Cluster fleet) {
        this.plan = plan;
        this.fleet = fleet;
        this.random = new Random(plan.seed());
    }

    /** Runs it, and leaves a summary in {@code target/faults}. */
    static Summary of(Plan plan, Cluster fleet) {
        Summary summary = new Run(plan, fleet).run();
        try {
            String name =
                    "seed-%d-jvms-%d.txt".formatted(plan.seed(), fleet.nodes().size());
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
        try (SimulatedUsers crowd = new SimulatedUsers(fleet, plan.people(), plan.rate(), weather, random)) {
            long end = System.nanoTime() + plan.length().toNanos();
            crowd.begin();
            pause(BEGINNING);
            while (System.nanoTime() < end || faults.size() < plan.faults().size()) {
                fail();
            }
            fleet.nodes().forEach(Node::awaitReady);
            Optional<Duration> untilLevel = crowd.settle(UNTIL_LEVEL);
            fleet.loseRedis();
            Optional<Duration> goodbyes = crowd.sayGoodbye(WITHOUT_REDIS);
            History history = crowd.history(fleet.stored());
            return new Summary(
                    plan,
                    history.acknowledged().size(),
                    crowd.people().stream().mapToInt(SimulatedUser::retries).sum(),
                    faults,
                    untilLevel,
                    goodbyes,
                    weather.calm(),
                    weather.withoutRedis(),
                    Checker.violations(history),
                    fleet.errors());
        }
    }

    /** Lets one thing fail for a while. */
    private void fail() {
        long begun = System.nanoTime();
        Fault fault = next();
        Duration held = SHORTEST.plusMillis(random.nextLong(plan.held().toMillis()));
        weather.breaks(fault);
        Runnable undo = fault.inflict(fleet, random);
        pause(held);
        undo.run();
        weather.clears();
        faults.add(fault);
        pause(plan.between().minusNanos(System.nanoTime() - begun));
    }

    /** Each kind once, then each once more, in an order of the seed's own. */
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
