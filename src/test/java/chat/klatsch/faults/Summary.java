package chat.klatsch.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The result of a run. */
record Summary(
        Plan plan,
        int acknowledged,
        int retries,
        List<Fault> faults,
        Optional<Duration> untilLevel,
        Optional<Duration> goodbyes,
        DeliveryTimes.Times calm,
        DeliveryTimes.Times withoutRedis,
        List<String> violations,
        List<String> errors) {
    private static final int ENOUGH = 20;

    @Override
    public String toString() {
        return """
                %s
                acknowledged           %s
                retries                %s
                faults                 %s %s
                level after            %s
                ... without Redis      %s
                between JVMs, calm     %s
                ... while Redis is away %s
                logged errors          %s
                violations             %s
                %s""".formatted(
                        plan,
                        acknowledged,
                        retries,
                        faults.size(),
                        faults,
                        inMillis(untilLevel),
                        inMillis(goodbyes),
                        calm,
                        withoutRedis,
                        errors.size(),
                        violations.size(),
                        String.join("\n", violations.subList(0, Math.min(ENOUGH, violations.size()))));
    }

    private static String inMillis(Optional<Duration> time) {
        return time.map(known -> known.toMillis() + " ms").orElse("not in time");
    }
}
