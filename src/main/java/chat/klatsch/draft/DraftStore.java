package chat.klatsch.draft;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Stores at most one draft per user and room, and a few open forms. Storing the message or the change that one of them
 * becomes deletes it in the same transaction. Thread-safe. Every method may throw
 * {@link ChatException} UNAVAILABLE.
 */
public interface DraftStore {
    Optional<SavedDraft> find(UserId user, RoomId room);

    /**
     * Replaces the user's draft. Ignored if the composer's message has been sent, if another composer
     * that showed the draft has sent the same text, if a later save of the same composer
     * has been stored, or if the composer's message is an open form since it could not be sent. An empty draft deletes only one that the same composer has saved or shows.
     *
     * @param shown the draft that the composer showed first, if any
     * @return whether there is a draft now and was none before, or the other way round
     * @throws ChatException NOT_FOUND if the user is not a member of the room
     */
    boolean save(UserId user, RoomId room, SavedDraft draft, Optional<DraftVersion> shown);

    /** Returns the user's open forms in the order in which they were saved first. */
    List<OpenForm> openForms(UserId user, RoomId room);

    /**
     * Saves an open form, which takes the place of the draft that its composer has saved or shows, and of another edit of the
     * same message. Ignored like a draft, and if the form was discarded. An empty form is deleted.
     *
     * @param shown the draft or the edit that the form showed first, if any
     * @return whether there may be unsent text now and was none before, or the other way round
     * @throws ChatException NOT_FOUND if the user is not a member of the room, or if the message that the form edits
     *     is deleted or another user's; INVALID for too many open forms, or if another one has the key
     */
    boolean save(UserId user, RoomId room, OpenForm form, Optional<DraftVersion> shown);
}
