package chat.klatsch.faults;

import chat.klatsch.faults.History.Acknowledged;
import chat.klatsch.faults.History.Message;
import chat.klatsch.faults.History.RenderedPage;
import chat.klatsch.faults.History.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates correct histories with retries and lost responses. */
final class SampleHistories {
    private static final int STEPS = 60;

    private final Random random;
    private final List<String> rooms;
    private final List<String> people;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final List<Message> stored = new ArrayList<>();

    private SampleHistories(long seed) {
        this.random = new Random(seed);
        this.rooms = List.of("lobby", "garden", "kitchen", "attic").subList(0, 1 + random.nextInt(4));
        this.people = List.of("anna", "ben", "cleo", "dora", "emil").subList(0, 2 + random.nextInt(4));
    }

    static History from(long seed) {
        SampleHistories histories = new SampleHistories(seed);
        // Every mutation needs acknowledged and unacknowledged messages of one author in one room.
        histories.arrive(histories.send("lobby", "anna", "key", "first"), true);
        histories.arrive(histories.send("lobby", "anna", "another key", "second"), false);
        histories.arrive(histories.send("lobby", "anna", "a third key", "third"), true);
        for (int step = 0; step < STEPS; step++) {
            histories.step(step);
        }
        return histories.history();
    }

    private void step(int step) {
        Sent message = switch (random.nextInt(10)) {
            case 0 -> send(any(rooms), any(people), "an old key", "text " + step);
            case 1 -> send(any(rooms), any(people), "key " + step, "well, well");
            default -> send(any(rooms), any(people), "key " + step, "text " + step);
        };
        switch (random.nextInt(10)) {
            case 0 -> {} // lost on the way
            case 1 -> arrive(message, false);
            case 2 -> {
                long seq = arrive(message, false);
                sent.add(message);
                acknowledged.add(new Acknowledged(message, seq));
            }
            case 3 -> {
                sent.add(message);
                arrive(message, true);
            }
            case 4 -> {
                arrive(message, true);
                Acknowledged earlier = any(acknowledged);
                sent.add(earlier.message());
                acknowledged.add(earlier);
            }
            default -> arrive(message, true);
        }
    }

    private Sent send(String room, String author, String key, String body) {
        Sent message = new Sent(room, author, key, body);
        sent.add(message);
        return message;
    }

    private long arrive(Sent message, boolean answered) {
        long seq = in(message.room()).size() + 1;
        stored.add(new Message(message.room(), seq, message.author(), message.body()));
        if (answered) {
            acknowledged.add(new Acknowledged(message, seq));
        }
        return seq;
    }

    private History history() {
        List<RenderedPage> pages = new ArrayList<>();
        for (String room : rooms) {
            people.forEach(observer -> pages.add(new RenderedPage(observer, room, in(room), in(room))));
        }
        return new History(sent, acknowledged, pages, stored);
    }

    private List<Message> in(String room) {
        return stored.stream().filter(message -> message.room().equals(room)).toList();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
