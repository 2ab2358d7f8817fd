package chat.klatsch.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures the memory of idle connections. */
final class Idle implements Scenario {
    private static final int CONNECTIONS = 10_000;
    private static final int ANY_SIZE = 1_000;
    private static final List<String> ROWS =
            List.of("resident, as it is", "resident, after a full collection", "live on the heap");

    @Override
    public void run(Lab lab) throws InterruptedException {
        lab.report()
                .section(
                        "idle",
                        "%,d connections to one room, of a thousand people, which say nothing. Beyond what the server takes without them."
                                .formatted(CONNECTIONS));
        List<Double> chat;
        List<Double> least;
        try (ConnectionStorm storm = ConnectionStorm.of(CONNECTIONS, Target.klatsch(lab.scratch()))) {
            chat = perConnection(storm, lab.time());
        }
        try (ConnectionStorm storm = ConnectionStorm.atBaseline(ANY_SIZE)) {
            least = perConnection(storm, lab.time());
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS.size(); i++) {
            rows.add(List.of(ROWS.get(i), Report.figure(chat.get(i), Optional.of(least.get(i)))));
        }
        lab.report().table(List.of("", "KiB per connection"), rows);
    }

    private static List<Double> perConnection(ConnectionStorm storm, Duration time) throws InterruptedException {
        Target server = storm.server();
        double heapBefore = server.collect();
        double before = server.resident();
        storm.inOneRoom(CONNECTIONS);
        Thread.sleep(time.toMillis());
        double raw = server.resident();
        double heap = server.collect();
        double collected = server.resident();
        return List.of(kibibytes(raw - before), kibibytes(collected - before), kibibytes(heap - heapBefore));
    }

    private static double kibibytes(double all) {
        return all / 1024 / CONNECTIONS;
    }
}
