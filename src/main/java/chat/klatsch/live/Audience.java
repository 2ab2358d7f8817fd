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
        boolean catchingUp;

        Seat(Connection connection, long place) {
            this.connection = connection;
            this.place = place;
        }
    }

    private final Map<Connection, Seat> seats = new HashMap<>();

    /** Those who have not been told yet who is here. */
    private final Set<Seat> newcomers = new HashSet<>();

    /** What was missed since a place, for one run of the pump: after a restart many stand at the same. */
    private final Map<Long, Page> pages = new HashMap<>();

    boolean isEmpty() {
        return seats.isEmpty();
    }

    /** Seats a connection that has been told everything up to a place; false when it was there already. */
    boolean seat(Connection connection, long place) {
        Seat seat = new Seat(connection, place);
        boolean isNew = seats.putIfAbsent(connection, seat) == null;
        if (isNew) {
            newcomers.add(seat);
        }
        return isNew;
    }

    /** False when it was not there. */
    boolean remove(Connection connection) {
        @Nullable Seat left = seats.remove(connection);
        if (left != null) {
            newcomers.remove(left);
        }
        return left != null;
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
            if (seat.place < cursor && !seat.catchingUp) {
                seat.catchingUp = true;
                action.accept(seat.connection);
            }
        });
    }

    /** Offers a page of what this connection has missed. */
    void offerMissed(Connection connection, long cursor, LongFunction<Page> missedSince) {
        @Nullable Seat seat = seats.get(connection);
        if (seat == null) {
            return;
        }
        if (seat.place < cursor) {
            Page page = pages.computeIfAbsent(seat.place, missedSince::apply);
            page.frames().offerTo(connection);
            seat.place = page.last();
        }
        seat.catchingUp = false;
    }

    /** Tells those who have come, and are level, who is here. */
    void greet(long cursor, Supplier<Frames> greeting) {
        List<Seat> level =
                newcomers.stream().filter(seat -> seat.place >= cursor).toList();
        if (!level.isEmpty()) {
            Frames frames = greeting.get();
            level.forEach(seat -> frames.offerTo(seat.connection));
            level.forEach(newcomers::remove);
        }
    }
}
