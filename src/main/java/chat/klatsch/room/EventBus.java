package chat.klatsch.room;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The doorbell between JVMs: tells that something happened, never what was said. A ring may be lost or come
 * twice; the store is the truth. Thread-safe, and no method waits for a network.
 */
public interface EventBus extends AutoCloseable {
    /** What is worth telling every JVM. */
    sealed interface Signal {
        /** The room has messages up to this place. */
        record News(RoomId room, long seq) implements Signal {}

        /** This person is writing. */
        record Typing(RoomId room, User user) implements Signal {}

        /** This person's sign-in has ended; all of theirs when {@code session} is null. */
        record Revoked(UserId user, @Nullable String session) implements Signal {}
    }

    /** Calls the listener with each signal, this JVM's own included, from the moment of subscribing. */
    void subscribe(Consumer<Signal> listener);

    void publish(Signal signal);

    @Override
    void close();
}
