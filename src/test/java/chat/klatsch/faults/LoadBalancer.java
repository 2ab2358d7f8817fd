package chat.klatsch.faults;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The ways into the chat, one for each JVM, taken in turn as a proxy does that keeps nobody in one place. Thread-safe. */
final class LoadBalancer {
    /**
     * A way in.
     *
     * @param node the number of the JVM that it leads to
     * @param breaks whether connections through here break at any time
     */
    record Door(int node, String url, boolean breaks) {}

    private final List<Door> doors;
    private final AtomicInteger turn;

    LoadBalancer(List<Door> doors, int first) {
        this.doors = List.copyOf(doors);
        this.turn = new AtomicInteger(first);
    }

    Door next() {
        return doors.get(Math.floorMod(turn.getAndIncrement(), doors.size()));
    }
}
