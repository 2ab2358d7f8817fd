package chat.klatsch.faults;

import java.time.Duration;
import java.util.List;

/**
 * What a run does.
 *
 * @param seed decides who says what, what fails, and when
 * @param length at least; each kind of fault happens once, however long that takes
 * @param between from the beginning of one fault to that of the next, at least
 * @param held how long a fault lasts, at most
 * @param faults that happen in turn, each as often as the others
 * @param rate messages of all together in a second
 */
record Plan(long seed, Duration length, Duration between, Duration held, List<Fault> faults, int rate, int people) {
    static final String LENGTH = "faults.seconds";

    /** The short one that every build does, or what {@code -Dfaults.…} asks for. */
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

    /** Whether more was asked for than what every build does. */
    static boolean isLong() {
        return System.getProperty(LENGTH) != null;
    }

    Plan atLeast(int fewestPeople, int lowestRate) {
        return new Plan(
                seed, length, between, held, faults, Math.max(rate, lowestRate), Math.max(people, fewestPeople));
    }

    Plan lasting(Duration time) {
        return new Plan(seed, time, between, held, faults, rate, people);
    }

    Plan with(Duration betweenFaults, Fault... only) {
        return new Plan(seed, length, betweenFaults, held, List.of(only), rate, people);
    }
}
