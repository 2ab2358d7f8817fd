package chat.klatsch.live;

import chat.klatsch.core.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs an action once, not before the earliest of the requested times. Set by one serial task only. */
final class WakeUpTimer {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final MonotonicClock clock;
    private final ScheduledExecutorService timer;
    private final Runnable action;
    private volatile Instant next = Instant.MAX;
    private @Nullable Future<?> scheduled;

    WakeUpTimer(MonotonicClock clock, ScheduledExecutorService timer, Runnable action) {
        this.clock = clock;
        this.timer = timer;
        this.action = action;
    }

    /** Sets it for a retry of what failed now. */
    void retry() {
        setFor(clock.instant().plus(RETRY));
    }

    void setFor(Instant time) {
        if (!next.isAfter(time)) {
            return;
        }
        next = time;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        long delay = Math.max(0, Duration.between(clock.instant(), time).toMillis()) + 1;
        try {
            scheduled = timer.schedule(this::fire, delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The server is shutting down.
        }
    }

    private void fire() {
        next = Instant.MAX;
        action.run();
    }
}
