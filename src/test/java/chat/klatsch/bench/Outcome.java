package chat.klatsch.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What a run has shown.
 *
 * @param rate messages a second that were due, or 0
 * @param window how many were kept under way where no rate was
 * @param deliveries within the measured time
 * @param cpu of the servers within it
 * @param own of this program within it
 * @param latency in nanoseconds
 * @param faults deliveries that are lost, doubled, or out of order, and connections that have ended
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

    /** In milliseconds. */
    double percentile(double percent) {
        return latency.getValueAtPercentile(percent) / 1e6;
    }

    double cpuPerDelivery() {
        return cpu.toNanos() / 1e3 / Math.max(1, deliveries);
    }

    /** Whether less was delivered than offered, or so late that nobody would call it a conversation. */
    boolean isOverwhelmed(int members) {
        return perSecond() < 0.95 * rate * members || percentile(99) > TOO_LATE;
    }

    /** What was offered. */
    String offer() {
        return rate > 0 ? Report.number(rate) + "/s" : window + " under way";
    }

    /** A row, with each figure also in terms of the yardstick's. */
    List<String> row(String label, Optional<Outcome> yardstick) {
        return List.of(
                label,
                Report.figure(perSecond(), yardstick.map(Outcome::perSecond)),
                Report.figure(percentile(50), yardstick.map(other -> other.percentile(50))),
                Report.figure(percentile(99), yardstick.map(other -> other.percentile(99))),
                Report.figure(percentile(100), yardstick.map(other -> other.percentile(100))),
                Report.figure(cpuPerDelivery(), yardstick.map(Outcome::cpuPerDelivery)),
                Report.number(seconds(cpu) / seconds(time)),
                Report.number(seconds(own) / seconds(time)),
                faults.stream().allMatch(count -> count == 0) ? "none" : faults.toString());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
