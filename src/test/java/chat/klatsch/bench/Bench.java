package chat.klatsch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the chat on this machine: {@code ./mvnw -q -Pbench verify}. {@code bench.only} selects scenarios, separated
 * by commas; {@code bench.seconds} is the measured time of each run.
 */
final class Bench {
    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("fanout", new Fanout());
        SCENARIOS.put("rooms", new ManyRooms());
        SCENARIOS.put("idle", new Idle());
        SCENARIOS.put("slow", new SlowReaders());
        SCENARIOS.put("churn", new Churn());
        SCENARIOS.put("jvms", new TwoJvms());
        SCENARIOS.put("writes", new Writes());
        SCENARIOS.put("start", new Start());
        SCENARIOS.put("embedded", new Embedded());
        SCENARIOS.put("uploads", new Uploads());
    }

    private Bench() {}

    public static void main(String[] args) throws Exception {
        String only = System.getProperty("bench.only", "");
        List<String> chosen = only.isEmpty() ? List.copyOf(SCENARIOS.keySet()) : List.of(only.split(","));
        if (!SCENARIOS.keySet().containsAll(chosen)) {
            throw new IllegalArgumentException("bench.only names some of " + SCENARIOS.keySet());
        }
        Path results = Files.createDirectories(Path.of("target/bench"));
        Path scratch = Files.createTempDirectory("klatsch-bench");
        Report report = new Report(results.resolve("report.md"));
        Duration time = Duration.ofSeconds(Integer.getInteger("bench.seconds", 10));
        Scenario.Lab lab = new Scenario.Lab(scratch, results, time, report);
        report.say(machine());
        try {
            for (String name : chosen) {
                SCENARIOS.get(name).run(lab);
            }
        } finally {
            delete(scratch);
        }
    }

    private static String machine() {
        return """
                # Performance of Klatsch

                %d processors, %s %s, Java %s with %s. Servers and clients share the machine. In brackets: the ratio to the
                baseline, a bare Java server that only writes each frame to every connection.
                Latency counts from the time when a message was due.""".formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        String.join(" ", Target.FLAGS));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
