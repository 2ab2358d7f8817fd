package chat.klatsch.bench;

import java.util.List;
import java.util.Optional;

/** Measures many small rooms, where fan-out saves less. */
final class ManyRooms implements Scenario {
    private static final int USERS = 1_000;
    private static final int EACH = 10;
    private static final double RATE = 400;
    private static final int WINDOW = 200;

    @Override
    public void run(Lab lab) {
        lab.report()
                .section(
                        "rooms",
                        "%d rooms of %d members, each user in one room; messages go to the rooms in turn."
                                .formatted(USERS / EACH, EACH));
        List<Outcome> chat;
        int bytes;
        try (ConnectionStorm storm =
                ConnectionStorm.of(USERS, Target.klatsch(lab.scratch())).inRoomsOf(EACH, USERS)) {
            chat = outcomes(lab.load(storm).warm(RATE));
            bytes = storm.generator().messageBytes();
        }
        List<Outcome> least;
        try (ConnectionStorm storm = ConnectionStorm.atBaseline(bytes).inRoomsOf(EACH, USERS)) {
            least = outcomes(lab.load(storm).warm(RATE));
        }
        lab.report()
                .table(
                        Outcome.COLUMNS,
                        List.of(
                                chat.get(0).row(chat.get(0).offer(), Optional.of(least.get(0))),
                                chat.get(1).row(chat.get(1).offer(), Optional.of(least.get(1)))));
    }

    private static List<Outcome> outcomes(Load load) {
        return List.of(load.at(RATE), load.keeping(WINDOW));
    }
}
