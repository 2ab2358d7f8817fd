package chat.klatsch.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** Lets all users post in turn and measures the servers. */
final class Load {
    private static final int WARMING = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final ConnectionStorm storm;
    private final LoadGenerator generator;
    private final int characters;
    private final Duration measured;

    /** @param characters the length of a message */
    Load(ConnectionStorm storm, int characters, Duration measured) {
        this.storm = storm;
        this.generator = storm.generator();
        this.characters = characters;
        this.measured = measured;
    }

    /**
     * Warms the server up at full speed, then at the measured rate: at forty messages a second the JVM would need an
     * hour to compile the hot code.
     */
    Load warm(double rate) {
        keeping(WARMING);
        at(rate);
        return this;
    }

    /** Posts at a constant rate, whatever the latency. */
    Outcome at(double rate) {
        return at(rate, now -> {});
    }

    /** @param meanwhile is called often, with the nanoseconds since measuring began */
    Outcome at(double rate, LongConsumer meanwhile) {
        return new Run(rate, Integer.MAX_VALUE).outcome(rate, meanwhile);
    }

    /** Keeps this number of messages under way: the next is posted when one has reached all subscribers. */
    Outcome keeping(int underWay) {
        return new Run(Double.POSITIVE_INFINITY, underWay).outcome(0, now -> {});
    }

    private record Reading(long arrived, Duration cpu, Duration own, int gone) {}

    private final class Run {
        private final double rate;
        private final int window;
        private final long begin = System.nanoTime();
        private final long from = begin + WARM_UP.toNanos();
        private final long to = from + measured.toNanos();
        private final Deliveries deliveries = generator.measure(from, to);
        private long said;

        Run(double rate, int window) {
            this.rate = rate;
            this.window = window;
        }

        Outcome outcome(double offered, LongConsumer meanwhile) {
            traffic(from, meanwhile);
            Reading before = read();
            traffic(to, meanwhile);
            Reading after = read();
            long deadline = System.nanoTime() + DRAIN.toNanos();
            while (deliveries.underWay() > 0 && System.nanoTime() < deadline) {
                generator.runUntil(deadline, () -> {});
            }
            return new Outcome(
                    offered,
                    window,
                    measured,
                    after.arrived - before.arrived,
                    after.cpu.minus(before.cpu),
                    after.own.minus(before.own),
                    deliveries.latency(),
                    List.of(
                            deliveries.lost(),
                            deliveries.doubled(),
                            deliveries.disordered(),
                            (long) after.gone - before.gone));
        }

        private void traffic(long until, LongConsumer meanwhile) {
            for (long now; (now = System.nanoTime()) < until; ) {
                meanwhile.accept(now - from);
                speak();
                generator.runUntil(Math.min(due(now + 1_000_000), until), this::speak);
            }
        }

        /** Posts every message that is due, also during long rounds of reading, so that the schedule is kept. */
        private void speak() {
            long now = System.nanoTime();
            for (long due; (due = due(now)) <= now && due < to; said++) {
                generator.say(storm.next(), due, characters);
            }
        }

        private long due(long now) {
            if (deliveries.underWay() >= window) {
                return Long.MAX_VALUE;
            }
            return rate == Double.POSITIVE_INFINITY ? now : begin + (long) (said * 1e9 / rate);
        }

        private Reading read() {
            long own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            return new Reading(deliveries.arrived(), storm.cpu(), Duration.ofNanos(own), generator.gone());
        }
    }
}
