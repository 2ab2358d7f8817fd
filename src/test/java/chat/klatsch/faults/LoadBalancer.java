package chat.klatsch.faults;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands out the entries to the nodes in turn, as a load balancer without sticky sessions does. Thread-safe. */
final class LoadBalancer {
    /** The address of a node. @param node the number of the node @param breaks whether connections break at random */
    record Entry(int node, String url, boolean breaks) {}

    private final List<Entry> entries;
    private final AtomicInteger turn;

    LoadBalancer(List<Entry> entries, int first) {
        this.entries = List.copyOf(entries);
        this.turn = new AtomicInteger(first);
    }

    Entry next() {
        return entries.get(Math.floorMod(turn.getAndIncrement(), entries.size()));
    }
}
