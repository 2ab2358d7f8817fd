package chat.klatsch.draft;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.core.User;
import chat.klatsch.event.EventBus;
import chat.klatsch.room.Room;
import java.util.Optional;
import java.util.Set;

/** Keeps the text that a user has typed in a room until it is sent. Thread-safe. */
public final class DraftService {
    /** A text that is too long for a message is kept while it is shortened. */
    private static final int MESSAGES_PER_DRAFT = 3;

    private final DraftStore store;
    private final EventBus bus;
    private final Limits limits;

    public DraftService(DraftStore store, EventBus bus, Limits limits) {
        this.store = store;
        this.bus = bus;
        this.limits = limits;
    }

    /** Returns the user's draft in a room, unless it is empty. */
    public Optional<SavedDraft> draft(Room room, User user) {
        return store.find(user.id(), room.id());
    }

    /**
     * Saves a draft in place of the last one, as {@link DraftStore#save} does.
     *
     * @throws ChatException INVALID if it is too long, NOT_FOUND if the user is no longer a member of the room
     */
    public void save(Room room, User user, SavedDraft draft, Optional<DraftVersion> shown) {
        int most = limits.of(Limit.MESSAGE_LENGTH) * MESSAGES_PER_DRAFT;
        if (limits.of(Limit.MESSAGE_LENGTH) > 0 && draft.length() > most) {
            throw ChatException.invalid("This text is too long to be kept: it has " + draft.length()
                    + " characters, and a draft may have up to " + most + ".");
        }
        if (store.save(user.id(), room.id(), draft, shown)) {
            bus.publish(new EventBus.Event.MessagesRead(room.id(), Set.of(user.id())));
        }
    }
}
