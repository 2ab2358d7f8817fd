package chat.klatsch.operation;

import java.time.Duration;

/** Compares the clock of this machine with others. */
final class ClockCheck {
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private ClockCheck() {}

    /** @param ahead how far the clock of this machine is ahead of the other, by which a second is not meant */
    static Finding compare(String other, Duration ahead) {
        return ahead.abs().compareTo(TOLERATED) <= 0
                ? Finding.ok("Clock", "as that of the " + other)
                : Finding.warning(
                        "Clock",
                        Math.abs(ahead.toSeconds()) + " seconds " + (ahead.isNegative() ? "behind" : "ahead of")
                                + " that of the " + other,
                        "Let a time service (chrony, systemd-timesyncd) set the clocks of all machines.");
    }
}
