package chat.klatsch.faults;

import chat.klatsch.faults.History.Acknowledged;
import chat.klatsch.faults.History.Message;
import chat.klatsch.faults.History.RenderedPage;
import chat.klatsch.faults.History.Sent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a history against the guarantees: each acknowledged message is stored and shown once, with the acknowledged
 * sequence number; all users see the same order without gaps; the order of each author is kept; only stored messages
 * are shown and only sent ones are stored; no connection receives a message twice or out of order. Depends on nothing
 * but its argument.
 */
public final class Checker {
    /** A message without sequence number and key, as the database and a page show it. */
    private record Text(String room, String author, String body) {
        static Text of(Message message) {
            return new Text(message.room(), message.author(), message.body());
        }

        static Text of(Sent message) {
            return new Text(message.room(), message.author(), message.body());
        }
    }

    private final History history;
    private final Map<String, TreeMap<Long, Message>> rooms = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    private Checker(History history) {
        this.history = history;
    }

    /** Returns one sentence for each violation, naming the message. */
    public static List<String> violations(History history) {
        Checker checker = new Checker(history);
        checker.checkPlaces();
        checker.checkStoredAsSent();
        checker.checkAcknowledged();
        checker.checkOrderOfAuthors();
        history.pages().forEach(checker::checkPage);
        return List.copyOf(checker.violations);
    }

    private void checkPlaces() {
        for (Message message : history.stored()) {
            Message other = room(message.room()).putIfAbsent(message.seq(), message);
            if (other != null) {
                report("%s and %s have the same sequence number", other, message);
            }
        }
        rooms.forEach((room, messages) -> {
            long next = 1;
            for (Message message : messages.values()) {
                if (message.seq() != next) {
                    report("%s is stored where %s/%s should be", message, room, next);
                }
                next = message.seq() + 1;
            }
        });
    }

    private void checkStoredAsSent() {
        Map<Text, Set<Sent>> sent = new HashMap<>();
        history.sent()
                .forEach(attempt -> sent.computeIfAbsent(Text.of(attempt), text -> new HashSet<>())
                        .add(attempt));
        Map<Text, Integer> copies = new HashMap<>();
        history.stored().stream().sorted(Comparator.comparingLong(Message::seq)).forEach(message -> {
            int expected = sent.getOrDefault(Text.of(message), Set.of()).size();
            if (expected == 0) {
                report("%s is stored and was never sent", message);
            } else if (copies.merge(Text.of(message), 1, Integer::sum) > expected) {
                report("%s is stored more often than it was sent", message);
            }
        });
    }

    private void checkAcknowledged() {
        Map<Sent, Long> places = new HashMap<>();
        Map<String, Sent> takers = new HashMap<>();
        for (Acknowledged acknowledged : history.acknowledged()) {
            Sent message = acknowledged.message();
            long seq = acknowledged.seq();
            Message stored = room(message.room()).get(seq);
            if (stored == null) {
                report("%s was acknowledged as %s, which is not stored", message, seq);
            } else if (!Text.of(stored).equals(Text.of(message))) {
                report("%s was acknowledged as %s, which is %s", message, seq, stored);
            }
            Long earlier = places.putIfAbsent(message, seq);
            if (earlier != null && earlier != seq) {
                report("%s was acknowledged as %s and as %s", message, earlier, seq);
            }
            Sent other = takers.putIfAbsent(message.room() + "/" + seq, message);
            if (other != null && !other.equals(message)) {
                report("%s was acknowledged as %s, as was %s with another key", message, seq, other);
            }
        }
    }

    /** A message that is sent after another was acknowledged must be stored after it. */
    private void checkOrderOfAuthors() {
        Map<List<String>, Acknowledged> previous = new HashMap<>();
        Set<Sent> known = new HashSet<>();
        for (Acknowledged acknowledged : history.acknowledged()) {
            Sent message = acknowledged.message();
            if (known.add(message)) {
                Acknowledged before = previous.put(List.of(message.room(), message.author()), acknowledged);
                if (before != null && before.seq() >= acknowledged.seq()) {
                    report("%s has number %s and was sent after %s", message, acknowledged.seq(), before);
                }
            }
        }
    }

    private void checkPage(RenderedPage page) {
        TreeMap<Long, Message> stored = room(page.room());
        Set<Long> seen = new HashSet<>();
        long above = 0;
        for (Message message : page.shown()) {
            checkIsStored(message, page);
            if (!seen.add(message.seq())) {
                report("%s is shown twice to %s", message, page.observer());
            } else if (message.seq() < above) {
                report("%s is shown below %s to %s", message, above, page.observer());
            }
            above = message.seq();
        }
        stored.values().stream()
                .filter(message -> !seen.contains(message.seq()))
                .forEach(message -> report("%s is not shown to %s", message, page.observer()));
        long next = 1;
        for (Message message : page.received()) {
            checkIsStored(message, page);
            if (message.seq() != next) {
                report("%s received %s when %s was next", page.observer(), message, next);
            }
            next = message.seq() + 1;
        }
        if (!stored.isEmpty() && next <= stored.lastKey()) {
            report("%s never received %s", page.observer(), stored.get(next));
        }
    }

    private void checkIsStored(Message message, RenderedPage page) {
        Message stored = room(page.room()).get(message.seq());
        if (stored == null) {
            report("%s was shown to %s and is not stored", message, page.observer());
        } else if (!stored.equals(message)) {
            report("%s was shown to %s and is stored as %s", message, page.observer(), stored);
        }
    }

    private TreeMap<Long, Message> room(String name) {
        return rooms.computeIfAbsent(name, any -> new TreeMap<>());
    }

    private void report(String sentence, Object... parts) {
        violations.add(sentence.formatted(parts));
    }
}
