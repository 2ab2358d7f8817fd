package chat.klatsch.draft;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.room.Room;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps the text that a user has typed in a room until it is sent or discarded. Thread-safe. */
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
        checkLength(draft);
        publish(room, user, store.save(user.id(), room.id(), draft, shown));
    }

    /** Returns the user's open forms in a room in the order in which they were saved first. */
    public List<OpenForm> openForms(Room room, User user) {
        return store.openForms(user.id(), room.id());
    }

    /**
     * Saves, empties or discards an open form, as {@link DraftStore#save(UserId, RoomId, OpenForm, Optional)} does.
     *
     * @throws ChatException INVALID if it is too long or one too many, NOT_FOUND if the user is no longer a member of the room
     */
    public void save(Room room, User user, OpenForm form, Optional<DraftVersion> shown) {
        checkLength(form.draft());
        publish(room, user, store.save(user.id(), room.id(), form, shown));
    }

    private void checkLength(SavedDraft draft) {
        int most = limits.of(Limit.MESSAGE_LENGTH) * MESSAGES_PER_DRAFT;
        if (limits.of(Limit.MESSAGE_LENGTH) > 0 && draft.length() > most) {
            throw ChatException.invalid("refusal.draft.long", draft.length(), most);
        }
    }

    private void publish(Room room, User user, boolean changed) {
        if (changed) {
            bus.publish(new EventBus.Event.MessagesRead(room.id(), Set.of(user.id())));
        }
    }
}
