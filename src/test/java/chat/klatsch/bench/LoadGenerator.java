package chat.klatsch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Runs many WebSocket clients in the calling thread. */
final class LoadGenerator implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(1_500);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long MILLISECOND = 1_000_000;
    private static final long NAP = 50_000;

    /** The number of concurrent handshakes, which must not overflow the server's backlog. */
    private static final int CONNECTING_AT_ONCE = 32;

    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
    private final ByteBuffer out = ByteBuffer.allocateDirect(16 * 1024);
    private final List<Client> clients = new ArrayList<>();
    private Deliveries deliveries = new Deliveries(0, 0);
    private int greeted;
    private int gone;
    private int lastCode;
    private int messageBytes;
    private long now;
    private long lastText;
    private int handled;

    LoadGenerator() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects clients and returns when all are connected and the server is quiet. */
    void connect(List<Client.Subscription> seats) {
        int before = clients.size();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        Iterator<Client.Subscription> next = seats.iterator();
        while (greeted < before + seats.size()) {
            while (next.hasNext() && clients.size() - greeted < CONNECTING_AT_ONCE) {
                open(next.next());
            }
            runUntil(System.nanoTime() + MILLISECOND, () -> {});
            if (gone > 0 || now > deadline) {
                throw new IllegalStateException("only %d of %d connected; the last close code was %d"
                        .formatted(greeted, seats.size(), lastCode));
            }
        }
        settle();
    }

    /** Reads until nothing has arrived for a while. */
    void settle() {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        do {
            runUntil(System.nanoTime() + MILLISECOND, () -> {});
        } while (System.nanoTime() < Math.min(lastText + QUIET.toNanos(), deadline));
    }

    Client open(Client.Subscription subscriber) {
        try {
            Client client = new Client(subscriber, this, selector);
            clients.add(client);
            if (client.isMember()) {
                subscriber.traffic().join(client);
            }
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what has arrived, or waits for it until the given time, and runs the action in between. */
    void runUntil(long until, Runnable between) {
        try {
            long wait = until - System.nanoTime();
            int ready = wait < MILLISECOND
                    ? selector.selectNow(key -> handle(key, between))
                    : selector.select(key -> handle(key, between), wait / MILLISECOND);
            if (ready == 0 && wait > 0 && wait < MILLISECOND) {
                // A selector waits in whole milliseconds, and spinning would take CPU time from the server.
                LockSupport.parkNanos(Math.min(wait, NAP));
            }
            now = System.nanoTime();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(SelectionKey key, Runnable between) {
        Client client = (Client) key.attachment();
        now = System.nanoTime();
        try {
            client.ready(in);
        } catch (IOException e) {
            client.leave(1006);
        }
        if (++handled % 8 == 0) {
            between.run();
        }
    }

    /** Starts a new record of messages and deliveries. */
    Deliveries measure(long from, long to) {
        deliveries = new Deliveries(from, to);
        return deliveries;
    }

    /** Posts a message that was due at this time from the next user of a room. */
    void say(RoomTraffic traffic, long due, int characters) {
        Client speaker = traffic.next();
        int number = deliveries.say(traffic, due);
        try {
            if (speaker.isIn()) {
                speaker.say(MarkedMessage.post(number, due, characters));
            }
        } catch (IOException e) {
            speaker.leave(1006);
        }
    }

    void arrived(Client client, int number, long due) {
        deliveries.arrive(client, number, due, now);
    }

    void text(long length, int marks) {
        lastText = now;
        if (marks == 1) {
            messageBytes = (int) length;
        }
    }

    void greeted() {
        greeted++;
    }

    void left(int code) {
        gone++;
        lastCode = code;
    }

    ByteBuffer publishQueue() {
        return out;
    }

    /** Returns the number of clients that have connected, including those that have disconnected. */
    int size() {
        return greeted;
    }

    int gone() {
        return gone;
    }

    /** Returns the text frames received by the clients that count. */
    long memberTexts() {
        return clients.stream()
                .filter(Client::isMember)
                .mapToLong(Client::texts)
                .sum();
    }

    /** Returns the size of the last text frame with a single message. */
    int messageBytes() {
        return messageBytes;
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
