package chat.klatsch.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** Lets a crowd talk, everybody in turn, and measures how its servers bear it. */
final class Load {
    private static final int WARMING = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final ConnectionStorm crowd;
    private final LoadGenerator swarm;
    private final int characters;
    private final Duration measured;

    /** @param characters in a message */
    Load(ConnectionStorm crowd, int characters, Duration measured) {
        this.crowd = crowd;
        this.swarm = crowd.swarm();
        this.characters = characters;
        this.measured = measured;
    }

    /**
     * Talks as fast as it goes, then as is measured: a server that has run for an hour has compiled what it does often, and
     * at forty messages a second it would take as long here.
     */
    Load warm(double rate) {
        keeping(WARMING);
        at(rate);
        return this;
    }

    /** So many messages a second are due, whatever comes back. */
    Outcome at(double rate) {
        return at(rate, now -> {});
    }

    /** @param meanwhile does something else: it is called often, with the nanoseconds since measuring began */
    Outcome at(double rate, LongConsumer meanwhile) {
        return new Run(rate, Integer.MAX_VALUE).outcome(rate, meanwhile);
    }

    /** So many messages are under way: each time that one has reached everybody, the next is said. */
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
        private final Deliveries deliveries = swarm.measure(from, to);
        private long said;

        Run(double rate, int window) {
            this.rate = rate;
            this.window = window;
        }

        Outcome outcome(double offered, LongConsumer meanwhile) {
            talk(from, meanwhile);
            Reading before = read();
            talk(to, meanwhile);
            Reading after = read();
            long patience = System.nanoTime() + DRAIN.toNanos();
            while (deliveries.underWay() > 0 && System.nanoTime() < patience) {
                swarm.turn(patience, () -> {});
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

        private void talk(long until, LongConsumer meanwhile) {
            for (long now; (now = System.nanoTime()) < until; ) {
                meanwhile.accept(now - from);
                speak();
                swarm.turn(Math.min(due(now + 1_000_000), until), this::speak);
            }
        }

        /** Says all that is due, also between the readings of a long round: nothing may keep the schedule waiting. */
        private void speak() {
            long now = System.nanoTime();
            for (long due; (due = due(now)) <= now && due < to; said++) {
                swarm.say(crowd.next(), due, characters);
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
            return new Reading(deliveries.arrived(), crowd.cpu(), Duration.ofNanos(own), swarm.gone());
        }
    }
}
