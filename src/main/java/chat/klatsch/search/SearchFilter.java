package chat.klatsch.search;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Limits a search to some messages.
 *
 * @param room the room; empty for all rooms of the user
 * @param since the time of the first messages
 * @param until the time before which the last messages were posted
 */
public record SearchFilter(
        Optional<RoomId> room, Optional<UserId> author, Optional<Instant> since, Optional<Instant> until) {
    /** Lets all messages through. */
    public static final SearchFilter NONE =
            new SearchFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Lets the messages of one room through. */
    public static SearchFilter in(RoomId room) {
        return new SearchFilter(Optional.of(room), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
