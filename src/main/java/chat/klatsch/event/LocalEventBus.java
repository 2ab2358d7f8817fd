package chat.klatsch.event;

import chat.klatsch.core.RoomId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The doorbell of a chat that runs in one JVM: whoever rings calls the listeners. Thread-safe. */
public final class LocalEventBus implements EventBus {
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void subscribe(Consumer<Event> listener) {
        listeners.add(listener);
    }

    @Override
    public void publish(Event event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    /** There is nobody else to tell. */
    @Override
    public void attend(RoomId room, PresenceReport people) {}

    @Override
    public void leave(RoomId room) {}

    @Override
    public void close() {
        listeners.clear();
    }
}
