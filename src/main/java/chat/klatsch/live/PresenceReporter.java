package chat.klatsch.live;

import chat.klatsch.core.RoomId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.PresenceReport;

/**
 * Reports one room's users on this node to the other nodes, from its first connection or listener until it is closed.
 * Thread-safe: its lock is held until a report is published, so that no later one overtakes it.
 */
final class PresenceReporter {
    private final RoomId room;
    private final EventBus bus;

    /** False until the first connection, or until somebody asks who is there: a room that is only posted to has nothing to broadcast. */
    private volatile boolean open;

    private volatile boolean closed;

    PresenceReporter(RoomId room, EventBus bus) {
        this.room = room;
        this.bus = bus;
    }

    boolean isOpen() {
        return open;
    }

    boolean isClosed() {
        return closed;
    }

    synchronized void open() {
        if (!open) {
            open = true;
            bus.reportPresence(room, PresenceReport.EMPTY);
        }
    }

    synchronized void report(PresenceReport report) {
        if (!closed) {
            bus.reportPresence(room, report);
        }
    }

    /** Ends it for good. It reports nothing from then on, because its successor may. */
    synchronized void close() {
        closed = true;
        if (open) {
            bus.leave(room);
        }
    }
}
