package chat.klatsch.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Measures a thousand users who join an active room of a thousand within a second. */
final class Churn implements Scenario {
    private static final int MEMBERS = 1_000;
    private static final int COMING = 1_000;
    private static final double RATE = 20;

    @Override
    public void run(Lab lab) {
        lab.report()
                .section(
                        "churn",
                        "%,d members, %.0f messages a second; then the same while %,d others come within a second."
                                .formatted(MEMBERS, RATE, COMING));
        Visit chat;
        int bytes;
        try (ConnectionStorm storm = ConnectionStorm.of(MEMBERS + COMING, Target.klatsch(lab.scratch()))
                .warm()
                .inOneRoom(MEMBERS)) {
            chat = visit(lab, storm);
            bytes = storm.generator().messageBytes();
        }
        Visit least;
        try (ConnectionStorm storm = ConnectionStorm.atBaseline(bytes).warm().inOneRoom(MEMBERS)) {
            least = visit(lab, storm);
        }
        lab.report()
                .table(
                        Outcome.COLUMNS,
                        List.of(
                                chat.before.row("before", Optional.of(least.before)),
                                chat.meanwhile.row("meanwhile", Optional.of(least.meanwhile))));
        lab.report()
                .say("\n%s joins/s, and each member got %s frames for %s messages."
                        .formatted(
                                Report.figure(chat.joins, Optional.of(least.joins)),
                                Report.figure(chat.frames, Optional.of(least.frames)),
                                Report.number(chat.messages)));
    }

    private record Visit(Outcome before, Outcome meanwhile, double joins, double frames, double messages) {}

    private static Visit visit(Lab lab, ConnectionStorm storm) {
        Load load = lab.load(storm).warm(RATE);
        Outcome before = load.at(RATE);
        Coming coming = new Coming(storm);
        Outcome meanwhile = load.at(RATE, coming);
        return new Visit(
                before, meanwhile, coming.perSecond(), coming.frames(), (double) meanwhile.deliveries() / MEMBERS);
    }

    /** Opens connections at a constant rate and records when the last one is established. */
    private static final class Coming implements LongConsumer {
        private static final double SECOND = 1e9;

        private final ConnectionStorm storm;
        private final List<Client> clients = new ArrayList<>();
        private long texts;
        private double allIn = Double.NaN;

        Coming(ConnectionStorm storm) {
            this.storm = storm;
        }

        @Override
        public void accept(long now) {
            if (now >= 0 && clients.isEmpty()) {
                texts = storm.generator().memberTexts();
            }
            while (clients.size() < COMING && now >= clients.size() * SECOND / COMING) {
                clients.add(
                        storm.generator().open(storm.subscriber(MEMBERS + clients.size(), "lobby", Client.Part.GUEST)));
            }
            if (Double.isNaN(allIn) && storm.generator().size() == MEMBERS + COMING) {
                allIn = now / SECOND;
            }
        }

        double perSecond() {
            return COMING / allIn;
        }

        /** Returns the frames per member since the start. */
        double frames() {
            return (double) (storm.generator().memberTexts() - texts) / MEMBERS;
        }
    }
}
