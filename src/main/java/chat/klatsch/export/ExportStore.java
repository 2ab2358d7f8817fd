package chat.klatsch.export;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what a user has written, in pages of bounded size, each on its own. Thread-safe. Every method may throw
 * {@link ChatException} UNAVAILABLE.
 */
public interface ExportStore {
    /** What only the user and the chat know of an account. */
    record Account(
            Optional<String> hostId,
            Optional<String> email,
            Optional<Instant> verifiedAt,
            boolean operator,
            Optional<Instant> bannedAt) {}

    /** A room where the user may only read, and the reason that the user sees. */
    record Mute(RoomId room, String reason) {}

    /** An invitation by name that the user has not accepted. */
    record Invitation(RoomId room, String inviter, Instant at, Optional<Instant> declinedAt) {}

    /** A room and the number of its messages. */
    record RoomSize(RoomId room, long messages) {}

    /** The messages of some rooms from one sequence number, which is not included, to another. */
    record Window(List<RoomId> rooms, long after, long last) {
        public Window {
            rooms = List.copyOf(rooms);
        }
    }

    /**
     * A message of the user.
     *
     * @param reactions how many users reacted with each emoji
     */
    record OwnMessage(
            RoomId room,
            long seq,
            String body,
            Instant postedAt,
            Optional<Instant> editedAt,
            OptionalLong replyTo,
            Map<String, Long> reactions) {}

    /** A reaction of the user to a message of anybody. */
    record OwnReaction(RoomId room, long seq, String emoji, Instant at) {}

    /**
     * A text that the user has not sent.
     *
     * @param seq the message that it edits
     */
    record UnsentText(RoomId room, String body, OptionalLong replyTo, OptionalLong seq) {}

    Account account(UserId user);

    /** Returns when the user joined each of their rooms. */
    Map<RoomId, Instant> joinedAt(UserId user);

    List<Mute> mutes(UserId user);

    List<Invitation> invitations(UserId user);

    /** Returns the first rooms with messages after an id, in the order of their ids. */
    List<RoomSize> rooms(String after, int limit);

    /** Returns the user's messages in a window that are not deleted. */
    List<OwnMessage> messages(UserId user, Window window);

    /** Returns the user's reactions to messages in a window. */
    List<OwnReaction> reactions(UserId user, Window window);

    /** Returns all unsent texts of the user in one room. */
    List<UnsentText> unsent(UserId user, RoomId room);

    /** Adds an entry to the audit log. @throws ChatException FORBIDDEN if the user is not the room's owner */
    void recordExport(UserId owner, RoomId room, Instant now);
}
