package chat.klatsch.program;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Stores named subscriptions: how far each has got, and which holder delivers at the moment. Times are the database's own.
 * Thread-safe; every method may throw a {@link ChatException} UNAVAILABLE.
 */
public interface SubscriptionStore {
    /** The time after which another holder takes over from one that has not been heard of. */
    Duration LEASE = Duration.ofSeconds(12);

    /**
     * Creates the subscription at the current positions, unless it exists.
     *
     * @param only the room that it is to, if not to all
     * @throws ChatException INVALID if it exists and is to other rooms
     */
    void create(String name, Optional<RoomId> only);

    /** Takes or renews the lease. Returns false if another holder has it, or the subscription does not exist. */
    boolean acquire(String name, String holder);

    /** Renews the lease. Returns false if another holder has taken it. */
    boolean renew(String name, String holder);

    /** Ends the lease, if this holder has it. */
    void release(String name, String holder);

    /** Returns the first of these rooms, or of all, that have changes which are not read. */
    List<RoomBehind> behind(String name, Optional<? extends Collection<RoomId>> among, int limit);

    /** Stores a position and renews the lease. Returns false, and stores nothing, if another holder has it. */
    boolean advance(String name, String holder, Position position);

    /** Returns the version up to which changes of members are told. */
    long memberVersion(String name);

    /** Stores that version as {@link #advance} stores a position. */
    boolean advanceMembers(String name, String holder, long version);

    /** Deletes the subscription. */
    void forget(String name);
}
