package chat.klatsch.web.connection;

import chat.klatsch.web.http.Network;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose requests are handled now, of which there is a bounded number, in all and for one network. The others wait.
 * Networks take turns. Within a network, a client that has several requests comes after those that have fewer. Thread-safe.
 */
final class FairTurns {
    /**
     * Whose request it is.
     *
     * @param session the token of the session, or an empty text
     */
    record Client(Network network, String session) {}

    /** A request that has to wait: its turn comes, or it is refused. */
    interface Waiter {
        void begin();

        void refuse();
    }

    /** @param ofClient how many requests of the client waited or were handled on arrival */
    private record Place(int ofClient, long arrival, Client client) {
        static final Comparator<Place> FIRST =
                Comparator.comparingInt(Place::ofClient).thenComparingLong(Place::arrival);
    }

    /** The requests of one network. */
    private static final class Line {
        private final TreeMap<Place, Waiter> waiting = new TreeMap<>(Place.FIRST);
        private final Map<String, Integer> present = new HashMap<>();
        private int turns;
        private boolean isReady;

        int add(Client client) {
            return present.merge(client.session(), 1, Integer::sum) - 1;
        }

        void remove(Client client) {
            present.computeIfPresent(client.session(), (session, count) -> count > 1 ? count - 1 : null);
        }
    }

    private final int turnsOfNetwork;
    private final int waitingOfNetwork;
    private final Map<Network, Line> lines = new HashMap<>();

    /** The lines whose first request gets the next free turn, one after another. */
    private final Queue<Line> ready = new ArrayDeque<>();

    private int free;
    private long arrivals;

    /**
     * @param turns the most requests that are handled at a time
     * @param turnsOfNetwork the most of one network
     * @param waitingOfNetwork the most requests of one network that wait
     */
    FairTurns(int turns, int turnsOfNetwork, int waitingOfNetwork) {
        this.free = turns;
        this.turnsOfNetwork = turnsOfNetwork;
        this.waitingOfNetwork = waitingOfNetwork;
    }

    /**
     * Asks for a turn, which ends with {@link #leave}. Returns whether it begins now. Otherwise the waiter is told later, by
     * whichever thread ends a turn. If too many requests of the network wait, the last one in their order is refused.
     */
    boolean enter(Client client, Waiter waiter) {
        Waiter refused = null;
        synchronized (this) {
            Line line = lines.computeIfAbsent(client.network(), network -> new Line());
            int ofClient = line.add(client);
            if (free > 0 && line.turns < turnsOfNetwork) {
                begin(line);
                return true;
            }
            line.waiting.put(new Place(ofClient, ++arrivals, client), waiter);
            if (line.waiting.size() > waitingOfNetwork) {
                Map.Entry<Place, Waiter> last = line.waiting.pollLastEntry();
                line.remove(last.getKey().client());
                refused = last.getValue();
            }
            makeReady(line);
        }
        if (refused != null) {
            refused.refuse();
        }
        return false;
    }

    /** Ends a turn, and begins the next one. */
    void leave(Client client) {
        Waiter next;
        synchronized (this) {
            Line line = lines.get(client.network());
            line.remove(client);
            line.turns--;
            free++;
            makeReady(line);
            if (line.present.isEmpty()) {
                lines.remove(client.network());
            }
            next = next();
        }
        if (next != null) {
            next.begin();
        }
    }

    private @Nullable Waiter next() {
        Line line = ready.poll();
        if (line == null) {
            return null;
        }
        line.isReady = false;
        begin(line);
        Waiter first = line.waiting.pollFirstEntry().getValue();
        makeReady(line);
        return first;
    }

    private void begin(Line line) {
        line.turns++;
        free--;
    }

    private void makeReady(Line line) {
        if (!line.isReady && line.turns < turnsOfNetwork && !line.waiting.isEmpty()) {
            line.isReady = true;
            ready.add(line);
        }
    }
}
