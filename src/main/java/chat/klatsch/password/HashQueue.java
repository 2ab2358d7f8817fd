package chat.klatsch.password;

import chat.klatsch.account.Requester;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.TaskResult;
import chat.klatsch.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hashes on a few platform threads of its own, so that no request's thread is busy with it: two hashes would occupy both
 * threads that carry all virtual ones on two processors. A bounded number of requesters waits. Whoever has several hashes
 * waiting or running comes after those who have fewer: first counted by account, then by network, each within one rank, so
 * that nobody's flood delays other ranks. Among equals the better rank comes first. Thread-safe.
 */
final class HashQueue implements AutoCloseable {
    private static final int CAPACITY = 50;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    /**
     * @param ofAccount how many of the same rank, network and account waited or ran on arrival
     * @param ofNetwork how many of the same rank and network waited or ran on arrival
     */
    private record Place(Requester requester, long ofAccount, long ofNetwork, long arrival) {
        static final Comparator<Place> FIRST = Comparator.comparingLong(Place::ofAccount)
                .thenComparingLong(Place::ofNetwork)
                .thenComparing(place -> place.requester().rank())
                .thenComparingLong(Place::arrival);
    }

    private final TreeMap<Place, FutureTask<?>> waiting = new TreeMap<>(Place.FIRST);
    private final List<Requester> running = new ArrayList<>();
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
    <T> T run(Requester requester, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Place place = enter(requester, task);
        try {
            return TaskResult.await(task, LONGEST_WAIT, HashQueue::busy);
        } finally {
            leave(place);
        }
    }

    private synchronized Place enter(Requester requester, FutureTask<?> task) {
        List<Requester> neighbours = Stream.concat(
                        running.stream(), waiting.keySet().stream().map(Place::requester))
                .filter(other ->
                        other.rank() == requester.rank() && other.network().equals(requester.network()))
                .toList();
        long ofAccount = neighbours.stream().filter(requester::equals).count();
        Place place = new Place(requester, ofAccount, neighbours.size(), ++arrivals);
        waiting.put(place, task);
        if (closed || waiting.size() > CAPACITY) {
            waiting.pollLastEntry().getValue().cancel(false);
        }
        notify();
        return place;
    }

    /** Returns the number of requesters who wait for their turn. */
    synchronized int size() {
        return waiting.size();
    }

    private synchronized void leave(Place place) {
        waiting.remove(place);
    }

    private void work() {
        try {
            while (true) {
                Map.Entry<Place, FutureTask<?>> next = next();
                try {
                    next.getValue().run();
                } finally {
                    end(next.getKey().requester());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Map.Entry<Place, FutureTask<?>> next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        Map.Entry<Place, FutureTask<?>> first = waiting.pollFirstEntry();
        running.add(first.getKey().requester());
        return first;
    }

    private synchronized void end(Requester requester) {
        running.remove(requester);
    }

    private static ChatException busy() {
        return new ChatException(ChatException.Kind.UNAVAILABLE, new Text("refusal.sign.ins"), RETRY_AFTER);
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
