package chat.klatsch.bench;

import java.util.BitSet;

/** Tracks the messages that one connection has received. */
final class Progress {
    enum Sight {
        IN_ORDER,
        TOO_LATE,
        AGAIN
    }

    private final BitSet seen = new BitSet();
    private int furthest = -1;

    Sight see(int place) {
        if (seen.get(place)) {
            return Sight.AGAIN;
        }
        seen.set(place);
        if (place < furthest) {
            return Sight.TOO_LATE;
        }
        furthest = place;
        return Sight.IN_ORDER;
    }
}
