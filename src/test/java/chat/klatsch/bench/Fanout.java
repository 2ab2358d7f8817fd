package chat.klatsch.bench;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures one room at rising rates and at full speed. */
final class Fanout implements Scenario {
    private static final List<Integer> SIZES = List.of(100, 1_000, 5_000);
    private static final Map<Integer, Color> COLOURS =
            Map.of(100, new Color(0x2a7f62), 1_000, new Color(0x2b5fa8), 5_000, new Color(0xb5483a));

    /** Deliveries a second that use about half of one core. The rates are fractions and multiples of it. */
    private static final double DELIVERIES = 40_000;

    private static final List<Double> STEPS = List.of(0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0);
    private static final List<Integer> WINDOWS = List.of(1, 8, 64);

    private final Plot plot = new Plot("How long a message takes to 99 of 100 members", "deliveries/s", "ms");

    @Override
    public void run(Lab lab) {
        lab.report()
                .section(
                        "fanout",
                        "One room. Messages due at a rate, until less arrives than is offered or a hundredth comes more than a"
                                + " second late; then so many always under way.");
        for (int members : SIZES) {
            List<Outcome> chat = new ArrayList<>();
            int bytes;
            try (ConnectionStorm storm = ConnectionStorm.of(members, Target.klatsch(lab.scratch()))
                    .warm()
                    .inOneRoom(members)) {
                Load load = lab.load(storm).warm(DELIVERIES / members / 2);
                for (double step : STEPS) {
                    Outcome outcome = load.at(step * DELIVERIES / members);
                    chat.add(outcome);
                    if (outcome.isOverwhelmed(members)) {
                        break;
                    }
                }
                bytes = storm.generator().messageBytes();
                storm.generator().settle();
                WINDOWS.forEach(window -> chat.add(load.keeping(window)));
            }
            compare(lab, members, bytes, chat);
        }
        plot.write(lab.results().resolve("fanout.svg"));
    }

    /** Repeats the runs with the baseline server. */
    private void compare(Lab lab, int members, int bytes, List<Outcome> chat) {
        List<Outcome> least = new ArrayList<>();
        try (ConnectionStorm storm = ConnectionStorm.atBaseline(bytes).warm().inOneRoom(members)) {
            Load load = lab.load(storm).warm(DELIVERIES / members / 2);
            chat.forEach(outcome ->
                    least.add(outcome.rate() > 0 ? load.at(outcome.rate()) : load.keeping(outcome.window())));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < chat.size(); i++) {
            rows.add(chat.get(i).row(chat.get(i).offer(), Optional.of(least.get(i))));
        }
        lab.report().say("\n%,d members, %,d bytes a message.".formatted(members, bytes));
        lab.report().table(Outcome.COLUMNS, rows);
        plot.add(members, COLOURS.get(members), chat, least);
    }
}
