package chat.klatsch.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A stored message in its current state.
 *
 * @param seq the sequence number in the room: 1, 2, 3… without gaps, the same on every node
 * @param body the text as its author wrote it; empty after deletion
 * @param quote the message that it replies to
 * @param mentioned the usernames of the mentioned members, in lower case
 * @param changedAt the time of the last edit, or of the deletion
 */
public record Message(
        RoomId room,
        long seq,
        User author,
        String body,
        Instant postedAt,
        Status status,
        Optional<Quote> quote,
        List<Reaction> reactions,
        Set<String> mentioned,
        Optional<Instant> changedAt) {
    public enum Status {
        POSTED,
        EDITED,
        /** Only the sequence number and the author remain. */
        DELETED
    }

    public Message {
        reactions = List.copyOf(reactions);
        mentioned = Set.copyOf(mentioned);
    }

    /** A message whose last change has no known time. */
    public Message(
            RoomId room,
            long seq,
            User author,
            String body,
            Instant postedAt,
            Status status,
            Optional<Quote> quote,
            List<Reaction> reactions,
            Set<String> mentioned) {
        this(room, seq, author, body, postedAt, status, quote, reactions, mentioned, Optional.empty());
    }

    public Message withReactions(List<Reaction> all) {
        return new Message(room, seq, author, body, postedAt, status, quote, all, mentioned, changedAt);
    }

    public Message withMentions(Set<String> usernames) {
        return new Message(room, seq, author, body, postedAt, status, quote, reactions, usernames, changedAt);
    }

    public boolean isDeleted() {
        return status == Status.DELETED;
    }

    public boolean isEdited() {
        return status == Status.EDITED;
    }
}
