package chat.klatsch.draft;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.Optional;

/**
 * Stores at most one draft per user and room. Storing the message that a draft becomes deletes it in the same transaction.
 * Thread-safe. Every method may throw {@link ChatException} UNAVAILABLE.
 */
public interface DraftStore {
    Optional<SavedDraft> find(UserId user, RoomId room);

    /**
     * Replaces the user's draft. Ignored if the composer's message has been sent, if another composer
     * that showed the draft has sent the same text, or if a later save of the same composer
     * has been stored. An empty draft deletes only one that the same composer has saved or shows.
     *
     * @param shown the draft that the composer showed first, if any
     * @return whether there is a draft now and was none before, or the other way round
     * @throws ChatException NOT_FOUND if the user is not a member of the room
     */
    boolean save(UserId user, RoomId room, SavedDraft draft, Optional<DraftVersion> shown);
}
