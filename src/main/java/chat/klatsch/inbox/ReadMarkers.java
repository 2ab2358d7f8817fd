package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Buffers read markers and stores them room by room, so that a message that five hundred users read costs one statement.
 * Markers that are not stored when the process is killed are lost, and the messages count as unread again. Thread-safe.
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

    /** Called by one thread at a time. @throws ChatException UNAVAILABLE; markers that are not stored stay in the buffer */
    void store() {
        Map<RoomId, Map<UserId, Long>> taken = take();
        try {
            while (!taken.isEmpty()) {
                RoomId room = taken.keySet().iterator().next();
                Map<UserId, Long> seqs = taken.get(room);
                store.read(room, seqs);
                taken.remove(room);
                bus.publish(new EventBus.Event.MessagesRead(room, Set.copyOf(seqs.keySet())));
            }
        } finally {
            taken.forEach((room, seqs) -> seqs.forEach((reader, seq) -> add(room, reader, seq)));
        }
    }

    private synchronized Map<RoomId, Map<UserId, Long>> take() {
        Map<RoomId, Map<UserId, Long>> taken = waiting;
        waiting = new HashMap<>();
        return taken;
    }
}
