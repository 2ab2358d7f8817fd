package chat.klatsch.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Measures the connection to Redis. Thread-safe. */
final class RedisMetrics {
    private final MeterRegistry registry;
    private final Counter dropped;
    private final Timer roundTrips;

    RedisMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.dropped = Counter.builder("klatsch.redis.dropped")
                .description("messages to other nodes that were dropped because too many were waiting")
                .register(registry);
        this.roundTrips = Timer.builder("klatsch.redis.round.trip")
                .description("time from publishing a heartbeat to receiving it")
                .serviceLevelObjectives(Stream.of(1, 5, 20, 100, 500, 2_000)
                        .map(Duration::ofMillis)
                        .toArray(Duration[]::new))
                .register(registry);
    }

    void observe(RedisConnection connection) {
        Gauge.builder("klatsch.redis.up", connection, observed -> observed.isUp() ? 1 : 0)
                .description("1 while this node is connected to Redis")
                .register(registry);
    }

    void dropped() {
        dropped.increment();
    }

    /** @param publishedAt in terms of {@link System#nanoTime} */
    void heartbeatReturned(long publishedAt) {
        roundTrips.record(System.nanoTime() - publishedAt, TimeUnit.NANOSECONDS);
    }
}
