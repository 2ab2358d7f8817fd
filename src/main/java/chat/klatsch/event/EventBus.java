package chat.klatsch.event;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The doorbell between JVMs: tells that something happened, never what was said. A ring may be lost or come
 * twice; the store is the truth. Thread-safe, and no method waits for a network.
 */
public interface EventBus extends AutoCloseable {
    /** What is worth hearing of. */
    sealed interface Event {
        /** Something was posted or changed in the room, which has come to this version. */
        record RoomUpdated(RoomId room, long version) implements Event {}

        /** The room's name, or who belongs to it, has changed; for this person alone unless it is null. */
        record RoomChanged(RoomId room, @Nullable UserId user) implements Event {}

        /** These people have read more of the room. */
        record MessagesRead(RoomId room, Set<UserId> people) implements Event {}

        /** This person is writing. */
        record UserTyping(RoomId room, User user) implements Event {}

        /** These people are in the room on another JVM, and no others. */
        record PresenceReported(RoomId room, String jvm, PresenceReport people) implements Event {}

        /** A JVM has gone, and its people with it. */
        record NodeLeft(String jvm) implements Event {}

        /**
         * Whether this JVM hears what others ring for the room. From true on it does, and whatever was rung
         * before may have been missed; while false, all that is known of others may have changed.
         */
        record BusAvailabilityChanged(RoomId room, boolean others) implements Event {}

        /** This person's sign-in has ended; all of theirs when {@code session} is null. */
        record SessionsRevoked(UserId user, @Nullable String session) implements Event {}
    }

    /** Calls the listener with each signal, this JVM's own included, from the moment of subscribing. */
    void subscribe(Consumer<Event> listener);

    /**
     * Rings {@link Signal.News}, {@link Signal.Changed}, {@link Signal.Seen}, {@link Signal.Typing} and
     * {@link Signal.Revoked} here and elsewhere; on other JVMs, writing is heard only by those that attend the room.
     */
    void publish(Event event);

    /**
     * Tells the other JVMs who is in a room on this one, now and whenever one of them asks. From the first call on, what
     * others ring for the room is heard here.
     */
    void attend(RoomId room, PresenceReport people);

    /** Nobody is in the room on this JVM any more. */
    void leave(RoomId room);

    @Override
    void close();
}
