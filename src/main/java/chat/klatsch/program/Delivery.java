package chat.klatsch.program;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription at work: tells one listener what has happened, one occurrence at a time, on a thread of its own, so that a
 * slow listener delays nobody else. Nothing is queued: the store keeps what is not told yet. Thread-safe.
 */
final class Delivery implements LogReader.Teller {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 6;
    private static final Duration RETRY_READING = Duration.ofSeconds(1);

    /** Ends the work on what was found, because the subscription ends or another node delivers. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super(null, null, false, false);
        }
    }

    private final String name;
    private final Optional<RoomId> only;
    private final Cursors cursors;
    private final boolean retries;
    private final Function<Occurrence, Runnable> listener;
    private final Consumer<Delivery> onEnd;
    private final WakeUps wakeUps = new WakeUps();
    private final Rounds rounds;
    private final Thread thread;

    /**
     * @param only the room that the subscription is to, if not to all
     * @param listener makes the call that tells an occurrence. What it throws itself is no failure of the call
     * @param retries whether to tell an occurrence again if the listener throws
     * @param onEnd called after the last call of the listener has returned
     */
    Delivery(
            String name,
            Optional<RoomId> only,
            ChangeStore store,
            Cursors cursors,
            boolean retries,
            Function<Occurrence, Runnable> listener,
            Consumer<Delivery> onEnd) {
        this.name = name;
        this.only = only;
        this.rounds = new Rounds(only, store, cursors, wakeUps, this);
        this.cursors = cursors;
        this.retries = retries;
        this.listener = listener;
        this.onEnd = onEnd;
        // A thread of the system: a listener that blocks a virtual one would block others too.
        this.thread = new Thread(this::run, "klatsch-events-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Cursors cursors() {
        return cursors;
    }

    void onMessages(RoomId room) {
        if (only.isEmpty() || only.get().equals(room)) {
            wakeUps.add(room);
        }
    }

    void onMembers(RoomId room) {
        if (only.isEmpty() || only.get().equals(room)) {
            wakeUps.addMembers();
        }
    }

    /** Tells nothing more. The call that is under way, if any, goes on. */
    void close() {
        wakeUps.close();
    }

    /** Waits until the call that is under way has ended, or this time on the clock of {@link System#nanoTime}. */
    void awaitEnd(long deadline) throws InterruptedException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (thread != Thread.currentThread() && left > 0) {
            thread.join(left);
        }
    }

    /** Interrupts the call that is under way, if any, unless it is the caller. */
    void interrupt() {
        if (thread != Thread.currentThread() && thread.isAlive()) {
            log.warn("The listener {} goes on after the end and is interrupted", name);
            thread.interrupt();
        }
    }

    private void run() {
        boolean held = false;
        while (!wakeUps.isClosed()) {
            WakeUps.Changed changed = wakeUps.await();
            try {
                boolean before = held;
                held = cursors.hold();
                if (held) {
                    rounds.tell(before ? changed : WakeUps.EVERYTHING);
                }
            } catch (StoppedException e) {
                held = false;
            } catch (ChatException unavailable) {
                // The store has logged it.
                held = false;
                wakeUps.pause(RETRY_READING);
            } catch (RuntimeException e) {
                log.error("The events for {} could not be read", name, e);
                held = false;
                wakeUps.pause(RETRY_READING);
            }
        }
        release();
        onEnd.accept(this);
    }

    private void release() {
        try {
            cursors.release();
        } catch (RuntimeException e) {
            log.debug("The lease of {} ends by itself", name, e);
        }
    }

    @Override
    public void tell(Occurrence occurrence) {
        Runnable call = listener.apply(occurrence);
        for (int failures = 0; !wakeUps.isClosed() && cursors.hold(); failures++) {
            try {
                call.run();
                return;
            } catch (Throwable e) {
                if (wakeUps.isClosed()) {
                    break;
                }
                log.error("The listener {} failed on an event of room {}", name, occurrence.room(), e);
                if (!retries) {
                    return;
                }
                wakeUps.pause(FIRST_RETRY.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS)));
                stopIfGone(occurrence);
            } finally {
                if (!wakeUps.isClosed()) {
                    // What the listener did to its thread must not end ours.
                    Thread.interrupted();
                }
            }
        }
        throw new StoppedException();
    }

    /** Does not tell an event again whose room is deleted, in which a listener may fail for ever. */
    private void stopIfGone(Occurrence occurrence) {
        boolean isMessage = occurrence instanceof Occurrence.MessageChanged;
        if (isMessage && cursors.behind(Optional.of(Set.of(occurrence.room()))).isEmpty()) {
            throw new StoppedException();
        }
    }

    /** An event is told again only if this is never possible. */
    @Override
    public void store(BooleanSupplier position) {
        while (true) {
            try {
                if (position.getAsBoolean()) {
                    return;
                }
                throw new StoppedException();
            } catch (ChatException unavailable) {
                if (wakeUps.isClosed()) {
                    throw unavailable;
                }
                wakeUps.pause(RETRY_READING);
            }
        }
    }
}
