package chat.klatsch.faults;

import java.time.Duration;
import java.util.List;

/**
 * The parameters of a run.
 *
 * @param seed of all random decisions
 * @param length minimum duration; each kind of fault occurs once, however long that takes
 * @param between minimum time between the starts of two faults
 * @param held maximum duration of a fault
 * @param faults the faults that occur in turn, equally often
 * @param rate messages a second of all users together
 */
record Plan(long seed, Duration length, Duration between, Duration held, List<Fault> faults, int rate, int users) {
    static final String LENGTH = "faults.seconds";

    /** Returns the short run of every build, or the one that {@code -Dfaults.…} describes. */
    static Plan asAsked() {
        int between = Integer.getInteger("faults.between", 3);
        return new Plan(
                Long.getLong("faults.seed", 1),
                Duration.ofSeconds(Integer.getInteger(LENGTH, 40)),
                Duration.ofSeconds(between),
                Duration.ofSeconds(Integer.getInteger("faults.held", Math.max(2, between / 2))),
                List.of(Fault.values()),
                Integer.getInteger("faults.rate", 50),
                Integer.getInteger("faults.people", 25));
    }

    /** Returns whether a longer run was requested than that of every build. */
    static boolean isLong() {
        return System.getProperty(LENGTH) != null;
    }

    Plan atLeast(int minUsers, int minRate) {
        return new Plan(seed, length, between, held, faults, Math.max(rate, minRate), Math.max(users, minUsers));
    }

    Plan lasting(Duration time) {
        return new Plan(seed, time, between, held, faults, rate, users);
    }

    Plan with(Duration betweenFaults, Fault... only) {
        return new Plan(seed, length, betweenFaults, held, List.of(only), rate, users);
    }
}
