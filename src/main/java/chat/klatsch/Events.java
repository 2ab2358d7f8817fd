package chat.klatsch;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.program.Application;
import chat.klatsch.program.Occurrence;
import chat.klatsch.program.Programs;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tells programs what happens in rooms, on whatever node. Each listener has a thread of its own and is called with one event
 * at a time: those of one room in order, each message as posted in the order of the sequence numbers, and who joins and
 * leaves in their order. A slow listener misses no message and delays nobody else, since nothing is queued for it: it gets
 * what the database has stored meanwhile. Of who joins and leaves, the last 100,000 changes are stored. Events of private
 * chats are not told. Thread-safe. Every method may throw a {@link ChatException} UNAVAILABLE while the database does not
 * respond.
 */
public final class Events {
    private static final int MAX_NAME_LENGTH = 100;

    private final Programs programs;
    private final Application application;

    Events(Programs programs) {
        this.programs = programs;
        this.application = programs.application();
    }

    /** Ends when it is closed, which throws nothing. The call that is under way goes on. */
    public interface Subscription extends AutoCloseable {
        /** Ends it. Idempotent. */
        @Override
        void close();
    }

    /**
     * Calls the listener for what happens in all rooms from now on, on each node that has such a listener. An exception that it
     * throws is logged, and it hears the next event.
     */
    public Subscription listen(Consumer<? super ChatEvent> listener) {
        return listen(Optional.empty(), listener);
    }

    /**
     * Calls the listener for what happens in one room. Otherwise like {@link #listen(Consumer)}.
     *
     * @throws ChatException NOT_FOUND for an unknown room or a private chat
     */
    public Subscription listen(RoomId room, Consumer<? super ChatEvent> listener) {
        return listen(Optional.of(application.room(room).id()), listener);
    }

    private Subscription listen(Optional<RoomId> room, Consumer<? super ChatEvent> listener) {
        application.requireOpen();
        return programs.subscriptions().listen(room, calls(listener))::run;
    }

    /**
     * Calls the listener for what happens in all rooms after the first such call with this name, each event once for all
     * nodes together, also for what happened while no node ran. Of the nodes that have a listener with the name one calls
     * it; another takes over when that one has closed it and its call has returned, or 12 to 15 seconds after it has died.
     * An event counts as told once the listener has returned. One that throws gets the same event again, after half a second
     * and then less and less often, every 32 seconds at last, and later events wait, as they do while it does not return.
     * Only where a node dies in between, or the database stays away, is an event told again, and perhaps the edits and
     * reactions of other messages, if the listener was far behind; a {@linkplain Messages#post(RoomId, Messages.Author,
     * String, String) key} makes its answer one nevertheless. The cursor stays until {@link #forget}.
     *
     * @param name 1 to 100 printable characters
     * @throws ChatException INVALID if the name is one of a subscription to one room
     */
    public Subscription durable(String name, Consumer<? super ChatEvent> listener) {
        return durable(name, Optional.empty(), listener);
    }

    /**
     * Calls the listener for what happens in one room. Otherwise like {@link #durable(String, Consumer)}.
     *
     * @throws ChatException NOT_FOUND for an unknown room or a private chat, INVALID if the name is one of a subscription to
     *     other rooms
     */
    public Subscription durable(String name, RoomId room, Consumer<? super ChatEvent> listener) {
        return durable(name, Optional.of(application.room(room).id()), listener);
    }

    private Subscription durable(String name, Optional<RoomId> room, Consumer<? super ChatEvent> listener) {
        application.requireOpen();
        Function<Occurrence, Runnable> calls = calls(listener);
        return programs.subscriptions().durable(requireName(name), room, calls)::run;
    }

    /** Forgets how far a durable subscription has got. Its listeners, if there are any, hear nothing more. */
    public void forget(String name) {
        application.requireOpen();
        programs.subscriptions().forget(requireName(name));
    }

    private static String requireName(String name) {
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the name of a subscription has 1 to " + MAX_NAME_LENGTH + " printable characters");
        }
        return name;
    }

    private Function<Occurrence, Runnable> calls(Consumer<? super ChatEvent> listener) {
        Objects.requireNonNull(listener, "listener");
        return occurrence -> {
            ChatEvent event = event(occurrence);
            return () -> listener.accept(event);
        };
    }

    private ChatEvent event(Occurrence occurrence) {
        if (occurrence instanceof Occurrence.MemberChanged change) {
            Person person = Person.of(change.user(), application.ids(List.of(change.user())));
            return change.joined()
                    ? new ChatEvent.Joined(change.room(), person, change.at())
                    : new ChatEvent.Left(change.room(), person, change.at());
        }
        Occurrence.MessageChanged change = (Occurrence.MessageChanged) occurrence;
        ChatMessage message = ChatMessage.of(change.message(), application);
        return switch (change.kind()) {
            case POSTED -> new ChatEvent.Posted(message);
            case EDITED -> new ChatEvent.Edited(message);
            case DELETED -> new ChatEvent.Deleted(message);
            case REACTED -> new ChatEvent.Reacted(message);
        };
    }
}
