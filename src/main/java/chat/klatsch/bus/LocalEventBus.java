package chat.klatsch.bus;

import chat.klatsch.room.EventBus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The doorbell of a chat that runs in one JVM: whoever rings calls the listeners. Thread-safe. */
public final class LocalEventBus implements EventBus {
    private final List<Consumer<Signal>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void subscribe(Consumer<Signal> listener) {
        listeners.add(listener);
    }

    @Override
    public void publish(Signal signal) {
        listeners.forEach(listener -> listener.accept(signal));
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
