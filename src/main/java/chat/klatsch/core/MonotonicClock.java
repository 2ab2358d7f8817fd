package chat.klatsch.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that advances evenly, even while that of the machine is set forth or back. For deadlines on this node; not for
 * times that are shown or stored, as it departs from the clock that it was set by. Thread-safe.
 */
public final class MonotonicClock extends Clock {
    private final Instant start;
    private final long startNanos = System.nanoTime();
    private final ZoneId zone;

    /** Sets the clock by another one, once. */
    public MonotonicClock(Clock clock) {
        this(clock.instant(), clock.getZone());
    }

    private MonotonicClock(Instant start, ZoneId zone) {
        this.start = start;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MonotonicClock(instant(), other);
    }
}
