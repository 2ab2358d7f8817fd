package chat.klatsch.password;

import chat.klatsch.account.Caller;
import chat.klatsch.core.ChatException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Hashes on a few platform threads of its own, so that no request's thread is busy with it: two hashes would occupy both
 * threads that carry all virtual ones on two processors. A bounded number of callers waits, in the order of their rank. Within
 * a rank, an account or a network that has several waiting comes after those that have fewer. Thread-safe.
 */
final class HashQueue implements AutoCloseable {
    private static final int CAPACITY = 50;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    /**
     * @param ofAccount how many from the same network waited for the same account on arrival
     * @param ofNetwork how many from the same network waited on arrival
     */
    private record Place(Caller caller, long ofAccount, long ofNetwork, long arrival) {
        static final Comparator<Place> FIRST = Comparator.<Place, Caller.Rank>comparing(
                        place -> place.caller().rank())
                .thenComparingLong(Place::ofAccount)
                .thenComparingLong(Place::ofNetwork)
                .thenComparingLong(Place::arrival);
    }

    private final TreeMap<Place, FutureTask<?>> waiting = new TreeMap<>(Place.FIRST);
    private final List<Thread> threads;
    private long arrivals;
    private boolean closed;

    HashQueue(int threads) {
        this.threads = IntStream.rangeClosed(1, threads)
                .mapToObj(number -> new Thread(this::work, "klatsch-hash-" + number))
                .toList();
        this.threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Runs the work and waits for its result. @throws ChatException UNAVAILABLE if too many wait */
    <T> T run(Caller caller, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Place place = enter(caller, task);
        try {
            return task.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException | TimeoutException tooMany) {
            leave(place);
            throw busy();
        } catch (InterruptedException e) {
            leave(place);
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not hash a password", e.getCause());
        }
    }

    private synchronized Place enter(Caller caller, FutureTask<?> task) {
        List<Caller> neighbours = waiting.keySet().stream()
                .map(Place::caller)
                .filter(other -> other.network().equals(caller.network()))
                .toList();
        long ofAccount = neighbours.stream()
                .filter(other -> other.account().equals(caller.account()))
                .count();
        Place place = new Place(caller, ofAccount, neighbours.size(), ++arrivals);
        waiting.put(place, task);
        if (closed || waiting.size() > CAPACITY) {
            waiting.pollLastEntry().getValue().cancel(false);
        }
        notify();
        return place;
    }

    /** Returns the number of callers who wait for their turn. */
    synchronized int size() {
        return waiting.size();
    }

    private synchronized void leave(Place place) {
        waiting.remove(place);
    }

    private void work() {
        try {
            while (true) {
                next().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized FutureTask<?> next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        return waiting.pollFirstEntry().getValue();
    }

    private static ChatException busy() {
        return new ChatException(
                ChatException.Kind.UNAVAILABLE,
                "Too many users are signing in right now. Please try again in a moment.",
                RETRY_AFTER);
    }

    /** Refuses all who wait, and stops the threads. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.values().forEach(task -> task.cancel(false));
            waiting.clear();
        }
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(STOP_TIMEOUT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
