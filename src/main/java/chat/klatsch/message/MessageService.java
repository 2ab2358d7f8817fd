package chat.klatsch.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.Limits;
import chat.klatsch.core.User;
import chat.klatsch.event.EventBus;
import chat.klatsch.room.Room;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What has been said in a room: reading it, and changing it afterwards. Thread-safe. */
public final class MessageService {
    /** How many messages a page of a room shows. */
    public static final int PAGE = 50;

    private final MessageStore store;
    private final EventBus bus;
    private final Limits limits;
    private final Clock clock;

    public MessageService(MessageStore store, EventBus bus, Limits limits, Clock clock) {
        this.store = store;
        this.bus = bus;
        this.limits = limits;
        this.clock = clock;
    }

    /** What the room has come to: rises by one with everything that is posted or changed in it. */
    public long version(Room room) {
        return store.version(room.id());
    }

    /** The room's newest messages, a page at most. */
    public MessagePage newest(Room room) {
        return before(room, Long.MAX_VALUE);
    }

    /** The messages that come before a place in the room, a page at most. */
    public MessagePage before(Room room, long seq) {
        List<LogEntry> entries = store.before(room.id(), seq, PAGE + 1);
        boolean olderLeft = entries.size() > PAGE;
        return new MessagePage(
                olderLeft ? entries.subList(1, entries.size()) : entries, olderLeft, seq != Long.MAX_VALUE);
    }

    /** The messages that come after a place in the room, a page at most. */
    public MessagePage after(Room room, long seq) {
        List<LogEntry> entries = store.after(room.id(), seq, PAGE + 1);
        boolean newerLeft = entries.size() > PAGE;
        return new MessagePage(newerLeft ? entries.subList(0, PAGE) : entries, seq > 0, newerLeft);
    }

    /** The messages around a place in the room, half a page before and half a page from it on. */
    public MessagePage around(Room room, long seq) {
        List<LogEntry> older = store.before(room.id(), seq, PAGE / 2 + 1);
        List<LogEntry> newer = store.after(room.id(), seq - 1, PAGE / 2 + 1);
        boolean olderLeft = older.size() > PAGE / 2;
        boolean newerLeft = newer.size() > PAGE / 2;
        List<LogEntry> entries = new ArrayList<>(olderLeft ? older.subList(1, older.size()) : older);
        entries.addAll(newerLeft ? newer.subList(0, newer.size() - 1) : newer);
        return new MessagePage(entries, olderLeft, newerLeft);
    }

    /** @throws ChatException NOT_FOUND for a message that is not there */
    public Message message(Room room, long seq) {
        return store.entry(room.id(), seq).map(LogEntry::message).orElseThrow(ChatException::noSuchMessage);
    }

    /**
     * Puts another text in the place of one's own message.
     *
     * @throws ChatException INVALID for a text that is too long, NOT_FOUND for a message that is not there, FORBIDDEN
     *     for somebody else's: nobody puts words into another's mouth
     */
    public void edit(Room room, Draft draft, Message message) {
        limits.checkLength(draft.length());
        if (!message.author().id().equals(draft.author().id())) {
            throw new ChatException(Kind.FORBIDDEN, "Only who wrote a message may edit it.");
        }
        changed(room, store.edit(room.id(), message.seq(), draft.author().id(), draft.body(), clock.instant()));
    }

    /**
     * Leaves nothing of a message but its place and its author.
     *
     * @throws ChatException NOT_FOUND for a message that is not there, FORBIDDEN for somebody else's, unless the room
     *     is this person's
     */
    public void delete(Room room, User user, Message message) {
        if (!message.author().id().equals(user.id()) && !room.isModeratedBy(user)) {
            throw new ChatException(Kind.FORBIDDEN, "Only who wrote a message may delete it, or whose room it is.");
        }
        changed(room, store.delete(room.id(), message.seq(), user.id(), clock.instant()));
    }

    /** Adds this person's reaction, or takes it back. @throws ChatException NOT_FOUND for a message that is not there */
    public void react(Room room, User user, long seq, Emoji emoji) {
        changed(room, store.react(room.id(), seq, user.id(), emoji, clock.instant()));
    }

    private void changed(Room room, long version) {
        bus.publish(new EventBus.Event.RoomUpdated(room.id(), version));
    }
}
