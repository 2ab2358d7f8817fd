package chat.klatsch.faults;

import java.util.List;

/**
 * What happened in a run: every attempt to send, in the order of each author's attempts; every acknowledgement, in the
 * order in which its author got it; what each screen shows at the end; what the database holds.
 */
public record History(List<Sent> sent, List<Acknowledged> acknowledged, List<Screen> screens, List<Message> stored) {
    public History {
        sent = List.copyOf(sent);
        acknowledged = List.copyOf(acknowledged);
        screens = List.copyOf(screens);
        stored = List.copyOf(stored);
    }

    /** An attempt to send. All of its parts together are the message's identity. */
    public record Sent(String room, String author, String key, String body) {
        @Override
        public String toString() {
            return "“%s” from %s to %s".formatted(body, author, room);
        }
    }

    /** The chat has said that a message is stored, and where. */
    public record Acknowledged(Sent message, long seq) {}

    /** A message in its place, as it is stored or shown. */
    public record Message(String room, long seq, String author, String body) {
        @Override
        public String toString() {
            return "%s/%d (%s: “%s”)".formatted(room, seq, author, body);
        }
    }

    /**
     * What somebody has before them.
     *
     * @param shown from top to bottom
     * @param told from first to last, over all connections
     */
    public record Screen(String viewer, String room, List<Message> shown, List<Message> told) {
        public Screen {
            shown = List.copyOf(shown);
            told = List.copyOf(told);
        }
    }
}
