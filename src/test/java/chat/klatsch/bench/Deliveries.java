package chat.klatsch.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Keeps account of one run: what was said, and who got it when. A delivery is one message on one connection. Those that
 * were due in the measured time are timed from when they were due, not from when they were sent, so that a stall is seen
 * by all that waited for it.
 */
final class Deliveries {
    private static final class Message {
        final RoomTraffic talk;
        final long due;
        int place = -1;
        int missing;

        Message(RoomTraffic talk, long due) {
            this.talk = talk;
            this.due = due;
            this.missing = talk.size();
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

    /** Measures what is due from one moment to another. */
    Deliveries(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** A message that everybody in the room should get; returns its number. */
    int say(RoomTraffic talk, long due) {
        Message message = new Message(talk, due);
        messages.add(message);
        underWay++;
        if (isMeasured(message)) {
            lost += message.missing;
        }
        return messages.size() - 1;
    }

    void arrive(Client client, int number, long due, long now) {
        if (number >= messages.size() || messages.get(number).due != due) {
            return; // of a run before
        }
        Message message = messages.get(number);
        if (message.place < 0) {
            message.place = message.talk.place();
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

    /** All so far, measured or not. */
    long arrived() {
        return arrived;
    }

    /** Messages that somebody has not got yet. */
    int underWay() {
        return underWay;
    }

    /** In nanoseconds. */
    Histogram latency() {
        return latency;
    }

    /** Deliveries of the measured time that have not come, or not yet. */
    long lost() {
        return lost;
    }

    long doubled() {
        return doubled;
    }

    /** Deliveries that came after one that somebody else saw later. */
    long disordered() {
        return disordered;
    }
}
