package chat.klatsch.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stored message in its current state.
 *
 * @param seq the sequence number in the room: 1, 2, 3… without gaps, the same on every node
 * @param body the text as its author wrote it; empty after deletion
 * @param quote the message that it replies to
 */
public record Message(
        RoomId room,
        long seq,
        User author,
        String body,
        Instant postedAt,
        Status status,
        Optional<Quote> quote,
        List<Reaction> reactions) {
    public enum Status {
        POSTED,
        EDITED,
        /** Only the sequence number and the author remain. */
        DELETED
    }

    public Message {
        reactions = List.copyOf(reactions);
    }

    public boolean isDeleted() {
        return status == Status.DELETED;
    }

    public boolean isEdited() {
        return status == Status.EDITED;
    }
}
