package chat.klatsch.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Records the messages of one run and their deliveries. A delivery is one message on one connection. Its latency counts
 * from the time when the message was due, not from when it was sent, so that a stall counts for every message that it
 * delayed.
 */
final class Deliveries {
    private static final class Message {
        final RoomTraffic traffic;
        final long due;
        int place = -1;
        int missing;

        Message(RoomTraffic traffic, long due) {
            this.traffic = traffic;
            this.due = due;
            this.missing = traffic.size();
        }
    }

    private final long from;
    private final long to;
    private final List<Message> messages = new ArrayList<>();
    private final Histogram latency = new Histogram(3);
    private long arrived;
    private long lost;
    private long doubled;
    private long disordered;
    private int underWay;

    /** Measures messages that are due in an interval. */
    Deliveries(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** Adds a message to every member of a room and returns its number. */
    int say(RoomTraffic traffic, long due) {
        Message message = new Message(traffic, due);
        messages.add(message);
        underWay++;
        if (isMeasured(message)) {
            lost += message.missing;
        }
        return messages.size() - 1;
    }

    void arrive(Client client, int number, long due, long now) {
        if (number >= messages.size() || messages.get(number).due != due) {
            return; // a message of an earlier run
        }
        Message message = messages.get(number);
        if (message.place < 0) {
            message.place = message.traffic.place();
        }
        Progress.Sight sight = client.progress().see(message.place);
        if (sight == Progress.Sight.AGAIN) {
            doubled++;
            return;
        }
        if (sight == Progress.Sight.TOO_LATE) {
            disordered++;
        }
        if (!client.isMember()) {
            return;
        }
        arrived++;
        if (--message.missing == 0) {
            underWay--;
        }
        if (isMeasured(message)) {
            lost--;
            latency.recordValue(Math.max(0, now - message.due));
        }
    }

    private boolean isMeasured(Message message) {
        return message.due >= from && message.due < to;
    }

    /** Returns all deliveries so far, measured or not. */
    long arrived() {
        return arrived;
    }

    /** Returns the messages with deliveries outstanding. */
    int underWay() {
        return underWay;
    }

    /** Returns latencies in nanoseconds. */
    Histogram latency() {
        return latency;
    }

    /** Returns the measured deliveries that have not arrived. */
    long lost() {
        return lost;
    }

    long doubled() {
        return doubled;
    }

    /** Returns the deliveries in an order that differs from another connection's. */
    long disordered() {
        return disordered;
    }
}
