package chat.klatsch.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stored message as it is now.
 *
 * @param seq its number in the room: 1, 2, 3… without gaps, the same for everybody
 * @param body the text as its author wrote it; empty once it is deleted
 * @param quote the message that it answers
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
    /** What has become of it. */
    public enum Status {
        AS_POSTED,
        EDITED,
        /** Nothing of it is left but its place and its author. */
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
