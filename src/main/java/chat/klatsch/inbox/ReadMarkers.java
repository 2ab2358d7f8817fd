package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Buffers read markers and stores them room by room, so that a message that five hundred users read costs one statement.
 * Markers that are not stored when the process is killed are lost, and the messages count as unread again. Thread-safe.
 */
final class ReadMarkers {
    /** The ranges that one member's pages can see at the same time. */
    private static final int MOST_RANGES = 4;

    private final InboxStore store;
    private final EventBus bus;
    private Map<RoomId, Map<UserId, List<SeenRange>>> waiting = new HashMap<>();

    ReadMarkers(InboxStore store, EventBus bus) {
        this.store = store;
        this.bus = bus;
    }

    synchronized void add(RoomId room, UserId reader, SeenRange seen) {
        List<SeenRange> ranges =
                waiting.computeIfAbsent(room, id -> new HashMap<>()).computeIfAbsent(reader, id -> new ArrayList<>());
        SeenRange joined = ranges.stream().filter(seen::touches).reduce(seen, SeenRange::with);
        ranges.removeIf(seen::touches);
        if (ranges.size() == MOST_RANGES) {
            ranges.remove(0);
        }
        ranges.add(joined);
    }

    /** Called by one thread at a time. @throws ChatException UNAVAILABLE; markers that are not stored stay in the buffer */
    void store() {
        Map<RoomId, Map<UserId, List<SeenRange>>> taken = take();
        try {
            while (!taken.isEmpty()) {
                RoomId room = taken.keySet().iterator().next();
                store(room, taken.get(room));
                taken.remove(room);
            }
        } finally {
            taken.forEach((room, seen) ->
                    seen.forEach((reader, ranges) -> ranges.forEach(range -> add(room, reader, range))));
        }
    }

    /** Stores markers without the buffer. */
    void store(RoomId room, Map<UserId, List<SeenRange>> seen) {
        store.read(room, seen);
        publish(room, seen.keySet());
    }

    /** Moves a marker back before a message, unless it is there already. */
    void reset(RoomId room, UserId reader, long seq) {
        store.unread(room, reader, seq);
        publish(room, Set.of(reader));
    }

    private void publish(RoomId room, Set<UserId> readers) {
        bus.publish(new EventBus.Event.MessagesRead(room, Set.copyOf(readers)));
    }

    private synchronized Map<RoomId, Map<UserId, List<SeenRange>>> take() {
        Map<RoomId, Map<UserId, List<SeenRange>>> taken = waiting;
        waiting = new HashMap<>();
        return taken;
    }
}
