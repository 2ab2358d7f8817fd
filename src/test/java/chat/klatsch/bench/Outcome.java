package chat.klatsch.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * The result of one run.
 *
 * @param rate messages due a second, or 0
 * @param window messages kept under way when there is no rate
 * @param deliveries within the measured time
 * @param cpu time of the servers within it
 * @param own CPU time of this program within it
 * @param latency in nanoseconds
 * @param faults lost, duplicate and reordered deliveries, and lost connections
 */
record Outcome(
        double rate,
        int window,
        Duration time,
        long deliveries,
        Duration cpu,
        Duration own,
        Histogram latency,
        List<Long> faults) {
    static final List<String> COLUMNS = List.of(
            "",
            "deliveries/s",
            "p50 ms",
            "p99 ms",
            "max ms",
            "CPU µs per delivery",
            "server cores",
            "bench cores",
            "lost, doubled, disordered, ended");

    private static final double TOO_LATE = 1_000;

    double perSecond() {
        return deliveries / seconds(time);
    }

    /** Returns a latency in milliseconds. */
    double percentile(double percent) {
        return latency.getValueAtPercentile(percent) / 1e6;
    }

    double cpuPerDelivery() {
        return cpu.toNanos() / 1e3 / Math.max(1, deliveries);
    }

    /** Returns whether less was delivered than offered, or a hundredth of it more than a second late. */
    boolean isOverwhelmed(int members) {
        return perSecond() < 0.95 * rate * members || percentile(99) > TOO_LATE;
    }

    /** Describes the offered load. */
    String offer() {
        return rate > 0 ? Report.number(rate) + "/s" : window + " under way";
    }

    /** Returns a table row with each figure also relative to the baseline's. */
    List<String> row(String label, Optional<Outcome> baseline) {
        return List.of(
                label,
                Report.figure(perSecond(), baseline.map(Outcome::perSecond)),
                Report.figure(percentile(50), baseline.map(other -> other.percentile(50))),
                Report.figure(percentile(99), baseline.map(other -> other.percentile(99))),
                Report.figure(percentile(100), baseline.map(other -> other.percentile(100))),
                Report.figure(cpuPerDelivery(), baseline.map(Outcome::cpuPerDelivery)),
                Report.number(seconds(cpu) / seconds(time)),
                Report.number(seconds(own) / seconds(time)),
                faults.stream().allMatch(count -> count == 0) ? "none" : faults.toString());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
