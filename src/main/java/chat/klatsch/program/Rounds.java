package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a page of each room at most in one round, so that a busy room does not keep the others waiting. Confined to the thread
 * of its {@link Delivery}.
 */
final class Rounds {
    /** The times that only the sum of all rooms is compared, which may be the same by chance, before each room is. */
    private static final int QUICK_LOOKS = 30;

    private final Optional<RoomId> only;
    private final ChangeStore store;
    private final Cursors cursors;
    private final WakeUps wakeUps;
    private final LogReader reader;

    /** The sum of what is read in all rooms, or less. Empty if it is not known. */
    private Optional<VersionSum> read = Optional.empty();

    private int quickLooks;

    Rounds(Optional<RoomId> only, ChangeStore store, Cursors cursors, WakeUps wakeUps, LogReader.Teller teller) {
        this.only = only;
        this.store = store;
        this.cursors = cursors;
        this.wakeUps = wakeUps;
        this.reader = new LogReader(store, cursors, teller);
    }

    /** Tells what has happened in these rooms, or its beginning, with a wake-up for the rest. */
    void tell(WakeUps.Changed changed) {
        if (changed.members()) {
            reader.tellMembers(only);
        }
        Optional<Set<RoomId>> among = only.map(Set::of).or(changed::rooms);
        if (among.isEmpty()) {
            tellAll();
        } else if (!among.get().isEmpty()) {
            tellPages(cursors.behind(among));
        }
    }

    /** Most often nothing has changed that the notifications did not tell. */
    private void tellAll() {
        VersionSum now = store.versions();
        if (Optional.of(now).equals(read) && ++quickLooks < QUICK_LOOKS) {
            return;
        }
        quickLooks = 0;
        List<RoomBehind> behind = cursors.behind(Optional.empty());
        if (behind.size() < Cursors.MAX_ROOMS) {
            read = Optional.of(now.without(behind));
        } else {
            read = Optional.empty();
            wakeUps.addEverything();
        }
        tellPages(behind);
    }

    private void tellPages(List<RoomBehind> behind) {
        for (RoomBehind room : behind) {
            Position reached = reader.tellPage(room);
            read = read.map(sum -> sum.with(room.position(), reached));
            if (!reached.isComplete()) {
                wakeUps.add(reached.room());
            }
        }
    }
}
