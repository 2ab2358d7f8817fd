package chat.klatsch.faults;

import chat.klatsch.faults.History.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the current fault and the latency of messages between nodes during it, from sending to the first display
 * elsewhere. Thread-safe.
 */
final class DeliveryTimes {
    /** The time after which a fault has no effect any more. */
    private static final Duration CLEARING = Duration.ofSeconds(5);

    /** The current fault, if any, its start, and the number of faults so far. */
    private record Conditions(@Nullable Fault fault, long since, int number) {}

    private record SentMessage(int node, long at, Conditions conditions) {}

    private final Map<String, SentMessage> sent = new ConcurrentHashMap<>();
    private final List<Long> calm = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> withoutRedis = Collections.synchronizedList(new ArrayList<>());
    private volatile Conditions conditions = new Conditions(null, System.nanoTime() - CLEARING.toNanos(), 0);

    void breaks(Fault happening) {
        conditions = new Conditions(happening, System.nanoTime(), conditions.number() + 1);
    }

    void clears() {
        conditions = new Conditions(null, System.nanoTime(), conditions.number());
    }

    /** Records that a message is sent to a node. */
    void onSent(String body, int node) {
        sent.put(body, new SentMessage(node, System.nanoTime(), conditions));
    }

    /** Excludes a message that is sent again, because its latency is undefined. */
    void isDelayed(String body) {
        sent.remove(body);
    }

    /** Records the arrival of a message on a connection that was open when it was sent. */
    void arrives(Message message, int node, long openedAt) {
        SentMessage departure = sent.get(message.body());
        long now = System.nanoTime();
        if (departure == null || departure.node() == node || departure.at() - openedAt < 0) {
            return;
        }
        Conditions then = departure.conditions();
        if (then.number() != conditions.number()) {
            return; // another fault has begun
        }
        Fault fault = then.fault();
        if (fault == null && departure.at() - then.since() > CLEARING.toNanos()) {
            calm.add(now - departure.at());
        } else if (fault != null && fault.interruptsRedis()) {
            withoutRedis.add(now - departure.at());
        }
    }

    Times calm() {
        return Times.of(calm);
    }

    Times withoutRedis() {
        return Times.of(withoutRedis);
    }

    /** Returns the latencies in milliseconds. */
    record Times(int count, long median, long ninetyNinth, long worst) {
        private static Times of(List<Long> nanos) {
            List<Long> sorted = new ArrayList<>(nanos);
            Collections.sort(sorted);
            return new Times(sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
        }

        private static long at(List<Long> sorted, double share) {
            return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1_000_000;
        }

        @Override
        public String toString() {
            return "median %s ms, 99%% %s ms, worst %s ms (%s deliveries)".formatted(median, ninetyNinth, worst, count);
        }
    }
}
