package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.LogEntry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads what has happened in rooms. Private chats are left out where rooms are not named. Thread-safe; every method may
 * throw a ChatException UNAVAILABLE.
 */
public interface ChangeStore {
    /**
     * A message in its current state.
     *
     * @param text the version of the last edit, or of the deletion; 0 if there is none
     * @param reaction the version of the last change of its reactions; 0 if there is none
     */
    record Change(LogEntry entry, long text, long reaction) {
        long seq() {
            return entry.message().seq();
        }
    }

    /** A change of a room's members. The version orders the changes of all rooms. */
    record MemberChange(long version, RoomId room, User user, boolean joined, Instant at) {}

    /** Returns the position after everything in each of these rooms, or in each room. */
    List<Position> current(Optional<? extends Collection<RoomId>> among);

    /** Returns the sum for all rooms, which is quicker than to read each. */
    VersionSum versions();

    /** Returns the first messages of the log that are not read, in the order of their versions. */
    List<Change> changes(Position after, int limit);

    /** Returns the first messages after those told as posted and before a sequence number. */
    List<Change> posts(Position after, long before, int limit);

    /** Returns the version of the last change of members. */
    long memberVersion();

    /** Returns the first changes of members after a version, of this room or of all. */
    List<MemberChange> memberChanges(long after, Optional<RoomId> room, int limit);
}
