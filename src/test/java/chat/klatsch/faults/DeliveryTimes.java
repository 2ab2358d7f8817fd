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
 * Whether something is going wrong right now, and how long messages take from one JVM to another meanwhile: from
 * the moment of sending to the one at which somebody else sees them. Thread-safe.
 */
final class DeliveryTimes {
    /** Long enough after a fault for everything to be in order again. */
    private static final Duration CLEARING = Duration.ofSeconds(5);

    /** What is failing, if anything, since when, and how many failures there have been. */
    private record Conditions(@Nullable Fault fault, long since, int number) {}

    private record Departure(int node, long at, Conditions conditions) {}

    private final Map<String, Departure> departures = new ConcurrentHashMap<>();
    private final List<Long> calm = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> withoutRedis = Collections.synchronizedList(new ArrayList<>());
    private volatile Conditions conditions = new Conditions(null, System.nanoTime() - CLEARING.toNanos(), 0);

    void breaks(Fault happening) {
        conditions = new Conditions(happening, System.nanoTime(), conditions.number() + 1);
    }

    void clears() {
        conditions = new Conditions(null, System.nanoTime(), conditions.number());
    }

    /** A message is on its way to a JVM. */
    void departs(String body, int node) {
        departures.put(body, new Departure(node, System.nanoTime(), conditions));
    }

    /** It has to be sent again, so that there is no telling how long it takes. */
    void isDelayed(String body) {
        departures.remove(body);
    }

    /** Somebody sees it, whom another JVM may have told, on a connection that has been open since then. */
    void arrives(Message message, int node, long openedAt) {
        Departure departure = departures.get(message.body());
        long now = System.nanoTime();
        if (departure == null || departure.node() == node || departure.at() - openedAt < 0) {
            return;
        }
        Conditions then = departure.conditions();
        if (then.number() != conditions.number()) {
            return; // something else has failed meanwhile
        }
        Fault fault = then.fault();
        if (fault == null && departure.at() - then.since() > CLEARING.toNanos()) {
            calm.add(now - departure.at());
        } else if (fault != null && fault.takesRedisAway()) {
            withoutRedis.add(now - departure.at());
        }
    }

    Times calm() {
        return Times.of(calm);
    }

    Times withoutRedis() {
        return Times.of(withoutRedis);
    }

    /** How long deliveries took, in milliseconds. */
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
            return "median %d ms, 99%% %d ms, worst %d ms (%d deliveries)".formatted(median, ninetyNinth, worst, count);
        }
    }
}
