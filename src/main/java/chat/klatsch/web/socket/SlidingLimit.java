package chat.klatsch.web.socket;

import java.time.Duration;

/** Allows something a number of times in any period of a length, wherever the period begins. Thread-safe. */
final class SlidingLimit {
    private final long[] times;
    private final long period;
    private long count;

    SlidingLimit(int limit, Duration period) {
        this.times = new long[limit];
        this.period = period.toNanos();
    }

    /**
     * Counts one more unless it exceeds the limit.
     *
     * @param now the time in nanoseconds, which never decreases
     * @return whether it is within the limit
     */
    synchronized boolean take(long now) {
        int oldest = (int) (count % times.length);
        if (count >= times.length && now - times[oldest] < period) {
            return false;
        }
        times[oldest] = now;
        count++;
        return true;
    }
}
