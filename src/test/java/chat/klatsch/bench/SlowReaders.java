package chat.klatsch.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Measures a room in which a twentieth of the connections stops reading. */
final class SlowReaders implements Scenario {
    private static final int MEMBERS = 200;
    private static final int STALLED = MEMBERS / 20;
    private static final double RATE = 100;

    /** Long messages fill the buffers of the operating system quickly. */
    private static final int CHARACTERS = 1_800;

    /** The number of further runs in which the last of them must be disconnected. */
    private static final int MAX_EXTRA_ROUNDS = 6;

    @Override
    public void run(Lab lab) {
        lab.report()
                .section(
                        "slow",
                        "%d members, %.0f messages a second of %,d characters; then %d more connections that read nothing."
                                .formatted(MEMBERS, RATE, CHARACTERS, STALLED));
        Outcome without;
        Outcome with;
        Watch calm;
        Watch watch;
        int bytes;
        try (ConnectionStorm storm =
                ConnectionStorm.of(MEMBERS, Target.klatsch(lab.scratch())).inOneRoom(MEMBERS)) {
            Load load = new Load(storm, CHARACTERS, lab.time()).warm(RATE);
            calm = new Watch(storm.server());
            without = load.at(RATE, calm);
            bytes = storm.generator().messageBytes();
            storm.generator()
                    .connect(IntStream.range(0, STALLED)
                            .mapToObj(number -> storm.subscriber(number, "lobby", Client.Part.STALLED))
                            .toList());
            watch = new Watch(storm.server());
            with = load.at(RATE, watch);
            for (int more = 0; more < MAX_EXTRA_ROUNDS && !watch.sawAllGo(); more++) {
                load.at(RATE, watch);
            }
        }
        Outcome least;
        try (ConnectionStorm storm = ConnectionStorm.atBaseline(bytes).inOneRoom(MEMBERS)) {
            least = new Load(storm, CHARACTERS, lab.time()).warm(RATE).at(RATE);
        }
        lab.report()
                .table(
                        Outcome.COLUMNS,
                        List.of(without.row("without", Optional.of(least)), with.row("with", Optional.of(least))));
        lab.report()
                .say(
                        "\n%s Resident memory rose by at most %s KiB per stalled connection (%s MiB), and by %s MiB without them."
                                .formatted(
                                        watch.ending(),
                                        Report.number(watch.growth() / STALLED / 1024),
                                        Report.number(watch.growth() / 1024 / 1024),
                                        Report.number(calm.growth() / 1024 / 1024)));
    }

    /** Samples the server's memory and connections ten times a second. */
    private static final class Watch implements LongConsumer {
        private static final long PAUSE = 100_000_000;

        private final Target server;
        private final long begin = System.nanoTime();
        private final double residentBefore;
        private final double openBefore;
        private double most;
        private long looked = begin;
        private double allGoneAfter;

        Watch(Target server) {
            this.server = server;
            this.residentBefore = server.resident();
            this.openBefore = server.open();
        }

        @Override
        public void accept(long sinceMeasuring) {
            long now = System.nanoTime();
            if (now - looked < PAUSE) {
                return;
            }
            looked = now;
            most = Math.max(most, server.resident() - residentBefore);
            if (!sawAllGo() && server.open() <= openBefore - STALLED) {
                allGoneAfter = (now - begin) / 1e9;
            }
        }

        boolean sawAllGo() {
            return allGoneAfter > 0;
        }

        double growth() {
            return most;
        }

        String ending() {
            if (Double.isNaN(openBefore)) {
                return "The time until stalled connections are closed is available on Linux only.";
            }
            return sawAllGo()
                    ? "All stalled connections were closed after %s s.".formatted(Report.number(allGoneAfter))
                    : "Not all stalled connections were closed in this time.";
        }
    }
}
