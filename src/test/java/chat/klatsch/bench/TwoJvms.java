package chat.klatsch.bench;

import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.Redis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What it costs that a chat runs in two JVMs, over PostgreSQL and Redis, in place of one. */
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
            try (ConnectionStorm crowd = ConnectionStorm.of(MEMBERS, node(lab, postgres.fresh()))) {
                one = outcome(lab, crowd);
                bytes = crowd.swarm().messageBytes();
            }
            String database = postgres.fresh();
            String bell = "--redis=" + redis.url();
            try (ConnectionStorm crowd =
                    ConnectionStorm.of(MEMBERS, node(lab, database, bell), node(lab, database, bell))) {
                two = outcome(lab, crowd);
            }
        } finally {
            postgres.end();
        }
        try (ConnectionStorm crowd = ConnectionStorm.atYardstick(bytes)) {
            Optional<Outcome> least = Optional.of(outcome(lab, crowd));
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

    private static Outcome outcome(Lab lab, ConnectionStorm crowd) {
        return lab.load(crowd.warm().inOneRoom(MEMBERS)).warm(RATE).at(RATE);
    }
}
