package chat.klatsch.event;

import chat.klatsch.core.RoomId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The event bus of a server that runs on one node: calls the listeners directly. Thread-safe. */
public final class LocalEventBus implements EventBus {
    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void subscribe(EventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void publish(Event event) {
        listeners.forEach(event::dispatch);
    }

    /** Does nothing: there are no other nodes. */
    @Override
    public void subscribePresence(PresenceListener listener) {}

    @Override
    public void reportPresence(RoomId room, PresenceReport report) {}

    @Override
    public void leave(RoomId room) {}

    @Override
    public void close() {
        listeners.clear();
    }
}
