package chat.klatsch.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Rings once at the earliest of the times that were asked for, never before it. Set by one pump alone. */
final class WakeUpTimer {
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Runnable ring;
    private volatile Instant next = Instant.MAX;
    private @Nullable Future<?> ringing;

    WakeUpTimer(Clock clock, ScheduledExecutorService timer, Runnable ring) {
        this.clock = clock;
        this.timer = timer;
        this.ring = ring;
    }

    void setFor(Instant time) {
        if (!next.isAfter(time)) {
            return;
        }
        next = time;
        if (ringing != null) {
            ringing.cancel(false);
        }
        long delay = Math.max(0, Duration.between(clock.instant(), time).toMillis()) + 1;
        try {
            ringing = timer.schedule(this::goOff, delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The server closes: there is nobody left to tell.
        }
    }

    private void goOff() {
        next = Instant.MAX;
        ring.run();
    }
}
