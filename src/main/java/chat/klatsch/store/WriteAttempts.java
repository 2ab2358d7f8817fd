package chat.klatsch.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the writes to the embedded database while its disk takes none. Each failed write closes the database for all
 * connections, so one a second finds out whether there is room again. Thread-safe.
 */
final class WriteAttempts {
    private static final long INTERVAL_NANOS = 1_000_000_000;

    private final AtomicLong next = new AtomicLong();
    private volatile boolean failing;

    /** Returns whether the most recent write failed. */
    boolean areFailing() {
        return failing;
    }

    /** Returns whether a write may be tried. */
    boolean admit() {
        if (!failing) {
            return true;
        }
        long due = next.get();
        return isDue() && next.compareAndSet(due, System.nanoTime() + INTERVAL_NANOS);
    }

    /** Returns whether writes fail and one may be tried. */
    boolean isDue() {
        return failing && next.get() - System.nanoTime() <= 0;
    }

    void failed() {
        next.set(System.nanoTime() + INTERVAL_NANOS);
        failing = true;
    }

    void succeeded() {
        failing = false;
    }
}
