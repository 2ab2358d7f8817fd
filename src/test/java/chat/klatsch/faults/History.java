package chat.klatsch.faults;

import java.util.List;

/**
 * The record of a run: every send and every acknowledgement in each author's order, what each page shows at the end,
 * and what the database holds.
 */
public record History(
        List<Sent> sent, List<Acknowledged> acknowledged, List<RenderedPage> pages, List<Message> stored) {
    public History {
        sent = List.copyOf(sent);
        acknowledged = List.copyOf(acknowledged);
        pages = List.copyOf(pages);
        stored = List.copyOf(stored);
    }

    /** An attempt to send. All components together identify the message. */
    public record Sent(String room, String author, String key, String body) {
        @Override
        public String toString() {
            return "“%s” from %s to %s".formatted(body, author, room);
        }
    }

    /** An acknowledgement with the message's sequence number. */
    public record Acknowledged(Sent message, long seq) {}

    /** A stored or displayed message with its sequence number. */
    public record Message(String room, long seq, String author, String body) {
        @Override
        public String toString() {
            return "%s/%s (%s: “%s”)".formatted(room, seq, author, body);
        }
    }

    /**
     * The content of one page.
     *
     * @param shown the messages from top to bottom
     * @param received the messages in the order of arrival, over all connections
     */
    public record RenderedPage(String observer, String room, List<Message> shown, List<Message> received) {
        public RenderedPage {
            shown = List.copyOf(shown);
            received = List.copyOf(received);
        }
    }
}
