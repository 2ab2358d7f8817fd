package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a subscription has got. Confined to the thread of its {@link Delivery}, except for {@link #renew}. Every method
 * but {@link #renew} may throw a ChatException UNAVAILABLE.
 */
interface Cursors {
    /** The rooms in one answer that may leave others out. */
    int MAX_ROOMS = 1_000;

    /** Returns whether this node is to deliver. */
    boolean hold();

    /** Returns rooms among these, or among all, with changes that are not read. As many as {@link #MAX_ROOMS} if there may be more. */
    List<RoomBehind> behind(Optional<Set<RoomId>> among);

    /** Stores a position. Returns false if this node is no longer to deliver. */
    boolean advance(Position position);

    /** Returns the version up to which changes of members are told. */
    long memberVersion();

    /** Stores it like a position. */
    boolean advanceMembers(long version);

    /** Keeps other nodes from delivering while a listener runs. Any thread. */
    void renew();

    /** Lets other nodes deliver. */
    void release();
}
