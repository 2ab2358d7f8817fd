package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far people have read, until it is stored: that is done for a whole room at once, so that a message which five
 * hundred people read is one statement. What is not stored when the server is killed is unread again. Thread-safe.
 */
final class ReadMarkers {
    private final InboxStore store;
    private final EventBus bus;
    private Map<RoomId, Map<UserId, Long>> waiting = new HashMap<>();

    ReadMarkers(InboxStore store, EventBus bus) {
        this.store = store;
        this.bus = bus;
    }

    synchronized void add(RoomId room, UserId reader, long seq) {
        waiting.computeIfAbsent(room, id -> new HashMap<>()).merge(reader, seq, Math::max);
    }

    /** Called by one thread at a time. @throws ChatException UNAVAILABLE; what is left waits on */
    void store() {
        Map<RoomId, Map<UserId, Long>> taken = take();
        try {
            while (!taken.isEmpty()) {
                RoomId room = taken.keySet().iterator().next();
                Map<UserId, Long> places = taken.get(room);
                store.read(room, places);
                taken.remove(room);
                bus.publish(new EventBus.Event.MessagesRead(room, Set.copyOf(places.keySet())));
            }
        } finally {
            taken.forEach((room, places) -> places.forEach((reader, seq) -> add(room, reader, seq)));
        }
    }

    private synchronized Map<RoomId, Map<UserId, Long>> take() {
        Map<RoomId, Map<UserId, Long>> taken = waiting;
        waiting = new HashMap<>();
        return taken;
    }
}
