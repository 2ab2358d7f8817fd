package chat.klatsch.web.socket;

import chat.klatsch.live.Connection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what WebSockets carry and why the server closes them. Thread-safe. */
final class SocketMetrics {
    private final Counter frames;
    private final Counter bytes;
    private final Counter catchUps;
    private final Map<Connection.CloseReason, Counter> closed = new EnumMap<>(Connection.CloseReason.class);

    SocketMetrics(MeterRegistry registry, Map<?, ?> connections) {
        Gauge.builder("klatsch.connections", connections, Map::size)
                .description("open WebSockets")
                .register(registry);
        frames = Counter.builder("klatsch.frames")
                .description("frames written to WebSockets; one may carry several updates")
                .register(registry);
        bytes = Counter.builder("klatsch.frame")
                .baseUnit("bytes")
                .description("bytes of these frames")
                .register(registry);
        catchUps = Counter.builder("klatsch.catch.ups")
                .description("times that a connection was behind its room and got what it had missed")
                .register(registry);
        for (Connection.CloseReason reason : Connection.CloseReason.values()) {
            closed.put(
                    reason,
                    Counter.builder("klatsch.connections.closed")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .description("WebSockets that the server closed")
                            .register(registry));
        }
    }

    void written(int size) {
        frames.increment();
        bytes.increment(size);
    }

    void catchingUp() {
        catchUps.increment();
    }

    void closed(Connection.CloseReason reason) {
        closed.get(reason).increment();
    }
}
