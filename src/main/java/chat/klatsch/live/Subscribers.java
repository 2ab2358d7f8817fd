package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections of a room and the cursor of each in the room's log. Confined to the room's serial task. */
final class Subscribers {
    /** Missed entries, and the version of the last of them. */
    private record CatchUpPage(FramesByStyle frames, long last) {}

    /** The cursor before the page, and that before the first page. */
    private record Position(long cursor, long start) {}

    private static final class Subscriber {
        final Connection connection;
        final OptionalLong named;
        final long start;
        long cursor;
        boolean catchingUp;

        Subscriber(Connection connection, long cursor, OptionalLong named) {
            this.connection = connection;
            this.start = cursor;
            this.cursor = cursor;
            this.named = named;
        }
    }

    private final Function<List<RoomEvent>, FramesByStyle> renderer;
    private final Map<Connection, Subscriber> subscribers = new HashMap<>();

    /** Subscribers that have not received the room's initial state. */
    private final Set<Subscriber> newcomers = new HashSet<>();

    /** Rendered pages, for one run of the task: after a restart many subscribers have the same cursor. */
    private final Map<Position, CatchUpPage> pages = new HashMap<>();

    Subscribers(Function<List<RoomEvent>, FramesByStyle> renderer) {
        this.renderer = renderer;
    }

    /**
     * Adds a connection that has received everything up to the cursor.
     *
     * @param named the version of the names that its page shows, if it shows any
     * @return false if it was present already
     */
    boolean add(Connection connection, long cursor, OptionalLong named) {
        Subscriber subscriber = new Subscriber(connection, cursor, named);
        boolean isNew = subscribers.putIfAbsent(connection, subscriber) == null;
        if (isNew) {
            newcomers.add(subscriber);
        }
        return isNew;
    }

    /** Returns false if the connection was not present. */
    boolean remove(Connection connection) {
        @Nullable Subscriber removed = subscribers.remove(connection);
        if (removed != null) {
            newcomers.remove(removed);
        }
        return removed != null;
    }

    /** Offers events that lead from one version to another to the subscribers at the first. */
    void broadcast(List<RoomEvent> events, long from, long to) {
        if (events.isEmpty()) {
            return;
        }
        FramesByStyle frames = renderer.apply(events);
        for (Subscriber subscriber : subscribers.values()) {
            if (subscriber.cursor == from) {
                frames.offerTo(subscriber.connection);
                subscriber.cursor = to;
            }
        }
    }

    /** Gives the users' connections their new names. */
    void rename(Map<UserId, User> renamed) {
        subscribers.keySet().forEach(connection -> {
            @Nullable User user = renamed.get(connection.user().id());
            if (user != null) {
                connection.rename(user);
            }
        });
    }

    /** Calls the action for each subscriber that has fallen behind, then not again until {@link #offerMissed}. */
    void forEachBehind(long cursor, Consumer<Connection> action) {
        pages.clear();
        subscribers.values().forEach(subscriber -> {
            if (subscriber.cursor < cursor && !subscriber.catchingUp) {
                subscriber.catchingUp = true;
                action.accept(subscriber.connection);
            }
        });
    }

    /** Offers a connection one page of what it has missed. */
    void offerMissed(Connection connection, RoomFeed feed) {
        @Nullable Subscriber subscriber = subscribers.get(connection);
        if (subscriber == null) {
            return;
        }
        if (subscriber.cursor < feed.cursor()) {
            Position position = new Position(subscriber.cursor, subscriber.start);
            CatchUpPage page = pages.computeIfAbsent(position, from -> {
                RoomEvent.MessagesChanged missed = feed.missedSince(from.cursor(), from.start());
                return new CatchUpPage(renderer.apply(List.of(missed)), missed.version());
            });
            page.frames().offerTo(connection);
            subscriber.cursor = page.last();
        }
        subscriber.catchingUp = false;
    }

    /**
     * Offers the room's state to the newcomers that have caught up, and to each the names that have changed since its page
     * was rendered.
     */
    void sendInitialState(
            long cursor, Supplier<List<RoomEvent>> state, LongFunction<Optional<RoomEvent>> namesChangedSince) {
        List<Subscriber> ready = newcomers.stream()
                .filter(subscriber -> subscriber.cursor >= cursor)
                .toList();
        if (!ready.isEmpty()) {
            FramesByStyle frames = renderer.apply(state.get());
            Map<Long, Optional<FramesByStyle>> names = new HashMap<>();
            ready.forEach(subscriber -> subscriber.named.ifPresent(named -> names.computeIfAbsent(
                    named, seen -> namesChangedSince.apply(seen).map(List::of).map(renderer))));
            for (Subscriber subscriber : ready) {
                frames.offerTo(subscriber.connection);
                subscriber.named.ifPresent(
                        named -> names.get(named).ifPresent(missed -> missed.offerTo(subscriber.connection)));
            }
            ready.forEach(newcomers::remove);
        }
    }
}
