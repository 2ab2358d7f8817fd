package chat.klatsch.room;

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
final class Audience {
    /** Messages that were missed, and the place of the last of them. */
    record Page(Frames frames, long last) {}

    /**
     * From so many on, those who are told are shared out to all cores: some ten milliseconds of writing. With two cores,
     * one of which the readers keep busy, it is no gain and no loss.
     */
    private static final int MANY = 1_000;

    private static final class Seat {
        final Connection connection;
        long place;

        Seat(Connection connection, long place) {
            this.connection = connection;
            this.place = place;
        }
    }

    private final Map<Connection, Seat> seats = new HashMap<>();

    /** Those who have not been told yet who is here. */
    private final Set<Connection> newcomers = new HashSet<>();

    private final Set<Connection> catchingUp = new HashSet<>();

    /** What was missed since a place, for one run of the pump: after a restart many stand at the same. */
    private final Map<Long, Page> pages = new HashMap<>();

    boolean isEmpty() {
        return seats.isEmpty();
    }

    /** Seats a connection that has been told everything up to a place; false when it was there already. */
    boolean seat(Connection connection, long place) {
        boolean isNew = seats.putIfAbsent(connection, new Seat(connection, place)) == null;
        if (isNew) {
            newcomers.add(connection);
        }
        return isNew;
    }

    /** False when it was not there. */
    boolean remove(Connection connection) {
        newcomers.remove(connection);
        catchingUp.remove(connection);
        return seats.remove(connection) != null;
    }

    /**
     * Offers frames that lead from one place to another to those who stand at the one. Returns when all have been offered
     * theirs, so what is told next comes next for everybody.
     */
    void tell(Frames frames, long from, long to) {
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        Stream<Seat> all = seats.values().stream();
        (seats.size() < MANY ? all : all.parallel())
                .filter(seat -> seat.place == from && failure.get() == null)
                .forEach(seat -> {
                    try {
                        frames.offerTo(seat.connection);
                        seat.place = to;
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
        seats.values().forEach(seat -> {
            if (seat.place < cursor && catchingUp.add(seat.connection)) {
                action.accept(seat.connection);
            }
        });
    }

    /** Offers a page of what this connection has missed. */
    void offerMissed(Connection connection, long cursor, LongFunction<Page> missedSince) {
        @Nullable Seat seat = seats.get(connection);
        if (seat != null && seat.place < cursor) {
            Page page = pages.computeIfAbsent(seat.place, missedSince::apply);
            page.frames().offerTo(connection);
            seat.place = page.last();
        }
        catchingUp.remove(connection);
    }

    /** Tells those who have come, and are level, who is here. */
    void greet(long cursor, Supplier<Frames> greeting) {
        List<Connection> level = newcomers.stream()
                .filter(connection -> seats.get(connection).place >= cursor)
                .toList();
        if (!level.isEmpty()) {
            Frames frames = greeting.get();
            level.forEach(frames::offerTo);
            level.forEach(newcomers::remove);
        }
    }
}
