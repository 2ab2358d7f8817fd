package chat.klatsch.bench;

import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.Redis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures the cost of two nodes with PostgreSQL and Redis compared with one node. */
final class TwoJvms implements Scenario {
    private static final int MEMBERS = 1_000;
    private static final double RATE = 40;

    @Override
    public void run(Lab lab) {
        lab.report()
                .section(
                        "jvms",
                        "%,d members of one room, %.0f messages a second, PostgreSQL. The processor time is that of all JVMs."
                                .formatted(MEMBERS, RATE));
        List<List<String>> rows = new ArrayList<>();
        Postgres postgres = Postgres.started();
        int bytes;
        Outcome one;
        Outcome two;
        try (Redis redis = new Redis()) {
            try (ConnectionStorm storm = ConnectionStorm.of(MEMBERS, node(lab, postgres.fresh()))) {
                one = outcome(lab, storm);
                bytes = storm.generator().messageBytes();
            }
            String database = postgres.fresh();
            String bell = "--redis=" + redis.url();
            try (ConnectionStorm storm =
                    ConnectionStorm.of(MEMBERS, node(lab, database, bell), node(lab, database, bell))) {
                two = outcome(lab, storm);
            }
        } finally {
            postgres.end();
        }
        try (ConnectionStorm storm = ConnectionStorm.atBaseline(bytes)) {
            Optional<Outcome> least = Optional.of(outcome(lab, storm));
            rows.add(one.row("one JVM", least));
            rows.add(two.row("two JVMs and Redis", least));
        }
        lab.report().table(Outcome.COLUMNS, rows);
    }

    private static Target node(Lab lab, String database, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--database=" + database);
        return Target.klatsch(lab.scratch(), arguments.toArray(String[]::new));
    }

    private static Outcome outcome(Lab lab, ConnectionStorm storm) {
        return lab.load(storm.warm().inOneRoom(MEMBERS)).warm(RATE).at(RATE);
    }
}
