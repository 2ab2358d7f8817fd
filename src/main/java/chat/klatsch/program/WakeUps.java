package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells a subscription's thread what to look at. Notifications may be lost, so it looks at everything every two seconds.
 * Thread-safe.
 */
final class WakeUps {
    private static final long POLL_NANOS = Duration.ofSeconds(2).toNanos();

    /** The rooms that are noted one by one. With more, everything is looked at. */
    private static final int MAX_ROOMS = 1_000;

    /**
     * What may have changed.
     *
     * @param rooms those whose messages may have; empty for all rooms
     */
    record Changed(Optional<Set<RoomId>> rooms, boolean members) {}

    static final Changed EVERYTHING = new Changed(Optional.empty(), true);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<RoomId> rooms = new HashSet<>();
    private boolean members;
    private boolean closed;
    private long polledAt = System.nanoTime() - POLL_NANOS;

    /** Does not block. */
    void add(RoomId room) {
        signal(() -> {
            if (rooms.size() < MAX_ROOMS) {
                rooms.add(room);
            } else {
                expirePoll();
            }
        });
    }

    /** Any room may have changed. */
    void addEverything() {
        signal(this::expirePoll);
    }

    private void expirePoll() {
        polledAt = System.nanoTime() - POLL_NANOS;
    }

    /** The members of a room may have changed. */
    void addMembers() {
        signal(() -> members = true);
    }

    void close() {
        signal(() -> closed = true);
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something may have changed, and returns what. */
    Changed await() {
        lock.lock();
        try {
            long left;
            while (rooms.isEmpty() && !members && !closed && (left = polledAt + POLL_NANOS - System.nanoTime()) > 0) {
                changed.awaitNanos(left);
            }
            return take();
        } catch (InterruptedException e) {
            // Only closing ends the thread.
            return take();
        } finally {
            lock.unlock();
        }
    }

    private Changed take() {
        long now = System.nanoTime();
        boolean everything = now - polledAt >= POLL_NANOS;
        Changed taken = everything ? EVERYTHING : new Changed(Optional.of(Set.copyOf(rooms)), members);
        if (everything) {
            polledAt = now;
        }
        rooms.clear();
        members = false;
        return taken;
    }

    /** Waits for this time, or until the end. */
    void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        lock.lock();
        try {
            long left;
            while (!closed && (left = end - System.nanoTime()) > 0) {
                changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // A shorter pause does no harm.
        } finally {
            lock.unlock();
        }
    }
}
