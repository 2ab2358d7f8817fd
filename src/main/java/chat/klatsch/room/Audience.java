package chat.klatsch.room;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections in a room, and how far each has been told. Used by the room's pump alone. */
final class Audience {
    /** Messages that were missed, and the place of the last of them. */
    record Page(Frames frames, long last) {}

    private final Map<Connection, Long> places = new HashMap<>();

    /** Those who have not been told yet who is here. */
    private final Set<Connection> newcomers = new HashSet<>();

    private final Set<Connection> catchingUp = new HashSet<>();

    /** What was missed since a place, for one run of the pump: after a restart many stand at the same. */
    private final Map<Long, Page> pages = new HashMap<>();

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** Seats a connection that has been told everything up to a place; false when it was there already. */
    boolean seat(Connection connection, long place) {
        boolean isNew = places.putIfAbsent(connection, place) == null;
        if (isNew) {
            newcomers.add(connection);
        }
        return isNew;
    }

    /** False when it was not there. */
    boolean remove(Connection connection) {
        newcomers.remove(connection);
        catchingUp.remove(connection);
        return places.remove(connection) != null;
    }

    /** Offers frames that lead from one place to another to those who stand at the one. */
    void tell(Frames frames, long from, long to) {
        Long there = to;
        places.replaceAll((connection, place) -> {
            if (place != from) {
                return place;
            }
            frames.offerTo(connection);
            return there;
        });
    }

    /** Passes on those who have fallen back behind a place, each once until {@link #offerMissed} is done with it. */
    void forEachBehind(long cursor, Consumer<Connection> action) {
        pages.clear();
        places.forEach((connection, place) -> {
            if (place < cursor && catchingUp.add(connection)) {
                action.accept(connection);
            }
        });
    }

    /** Offers a page of what this connection has missed. */
    void offerMissed(Connection connection, long cursor, LongFunction<Page> missedSince) {
        @Nullable Long place = places.get(connection);
        if (place != null && place < cursor) {
            Page page = pages.computeIfAbsent(place, missedSince::apply);
            page.frames().offerTo(connection);
            places.put(connection, page.last());
        }
        catchingUp.remove(connection);
    }

    /** Tells those who have come, and are level, who is here. */
    void greet(long cursor, Supplier<Frames> greeting) {
        List<Connection> level = newcomers.stream()
                .filter(connection -> places.getOrDefault(connection, -1L) >= cursor)
                .toList();
        if (!level.isEmpty()) {
            Frames frames = greeting.get();
            level.forEach(frames::offerTo);
            level.forEach(newcomers::remove);
        }
    }
}
