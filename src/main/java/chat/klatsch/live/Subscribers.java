package chat.klatsch.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The connections in a room, and how far each has been told. Used by the room's pump alone. */
final class Subscribers {
    /** Messages that were missed, and the place of the last of them. */
    record CatchUpPage(FramesByZone frames, long last) {}

    /**
     * From so many on, those who are told are shared out to all cores: some ten milliseconds of writing. With two cores,
     * one of which the readers keep busy, it is no gain and no loss.
     */
    private static final int MANY = 1_000;

    private static final class Subscriber {
        final Connection connection;
        long place;
        boolean catchingUp;

        Subscriber(Connection connection, long place) {
            this.connection = connection;
            this.place = place;
        }
    }

    private final Map<Connection, Subscriber> seats = new HashMap<>();

    /** Those who have not been told yet who is here. */
    private final Set<Subscriber> newcomers = new HashSet<>();

    /** What was missed since a place, for one run of the pump: after a restart many stand at the same. */
    private final Map<Long, CatchUpPage> pages = new HashMap<>();

    boolean isEmpty() {
        return seats.isEmpty();
    }

    /** Seats a connection that has been told everything up to a place; false when it was there already. */
    boolean subscriber(Connection connection, long place) {
        Subscriber subscriber = new Subscriber(connection, place);
        boolean isNew = seats.putIfAbsent(connection, subscriber) == null;
        if (isNew) {
            newcomers.add(subscriber);
        }
        return isNew;
    }

    /** False when it was not there. */
    boolean remove(Connection connection) {
        @Nullable Subscriber left = seats.remove(connection);
        if (left != null) {
            newcomers.remove(left);
        }
        return left != null;
    }

    /**
     * Offers frames that lead from one place to another to those who stand at the one. Returns when all have been offered
     * theirs, so what is told next comes next for everybody.
     */
    void tell(FramesByZone frames, long from, long to) {
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        Stream<Subscriber> all = seats.values().stream();
        (seats.size() < MANY ? all : all.parallel())
                .filter(subscriber -> subscriber.place == from && failure.get() == null)
                .forEach(subscriber -> {
                    try {
                        frames.offerTo(subscriber.connection);
                        subscriber.place = to;
                    } catch (RuntimeException e) {
                        // Thrown here, it would not wait for the other cores.
                        failure.set(e);
                    }
                });
        @Nullable RuntimeException last = failure.get();
        if (last != null) {
            throw last;
        }
    }

    /** Passes on those who have fallen back behind a place, each once until {@link #offerMissed} is done with it. */
    void forEachBehind(long cursor, Consumer<Connection> action) {
        pages.clear();
        seats.values().forEach(subscriber -> {
            if (subscriber.place < cursor && !subscriber.catchingUp) {
                subscriber.catchingUp = true;
                action.accept(subscriber.connection);
            }
        });
    }

    /** Offers a page of what this connection has missed. */
    void offerMissed(Connection connection, long cursor, LongFunction<CatchUpPage> missedSince) {
        @Nullable Subscriber subscriber = seats.get(connection);
        if (subscriber == null) {
            return;
        }
        if (subscriber.place < cursor) {
            CatchUpPage page = pages.computeIfAbsent(subscriber.place, missedSince::apply);
            page.frames().offerTo(connection);
            subscriber.place = page.last();
        }
        subscriber.catchingUp = false;
    }

    /** Tells those who have come, and are level, who is here. */
    void greet(long cursor, Supplier<FramesByZone> greeting) {
        List<Subscriber> level = newcomers.stream()
                .filter(subscriber -> subscriber.place >= cursor)
                .toList();
        if (!level.isEmpty()) {
            FramesByZone frames = greeting.get();
            level.forEach(subscriber -> frames.offerTo(subscriber.connection));
            level.forEach(newcomers::remove);
        }
    }
}
