package chat.klatsch.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.Limits;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.event.EventBus;
import chat.klatsch.room.Room;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads, edits, deletes and reacts to a room's messages. Posting is up to the live room. Thread-safe. */
public final class MessageService {
    /** The number of messages on a page. */
    static final int PAGE = 50;

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

    /** Returns the room's version, which rises by one with each post or change. */
    public long version(Room room) {
        return store.version(room.id());
    }

    /** Returns the newest page. */
    public MessagePage newest(Room room) {
        return before(room, Long.MAX_VALUE);
    }

    /** Returns the page before a sequence number. */
    public MessagePage before(Room room, long seq) {
        List<LogEntry> entries = store.before(room.id(), seq, PAGE + 1);
        boolean olderLeft = entries.size() > PAGE;
        return new MessagePage(
                olderLeft ? entries.subList(1, entries.size()) : entries, olderLeft, seq != Long.MAX_VALUE);
    }

    /** Returns the last messages before a sequence number, oldest first. */
    public List<Message> before(RoomId room, long seq, int limit) {
        return store.before(room, seq, limit).stream().map(LogEntry::message).toList();
    }

    /** Returns the first messages after a sequence number, oldest first. */
    public List<Message> after(RoomId room, long seq, int limit) {
        return store.after(room, seq, limit).stream().map(LogEntry::message).toList();
    }

    /** Returns a message, deleted or not, if there is one. */
    public Optional<Message> find(RoomId room, long seq) {
        return store.entry(room, seq).map(LogEntry::message);
    }

    /** Returns the page after a sequence number. */
    public MessagePage after(Room room, long seq) {
        List<LogEntry> entries = store.after(room.id(), seq, PAGE + 1);
        boolean newerLeft = entries.size() > PAGE;
        return new MessagePage(newerLeft ? entries.subList(0, PAGE) : entries, seq > 0, newerLeft);
    }

    /** Returns half a page before a sequence number and half a page from it on. */
    public MessagePage around(Room room, long seq) {
        List<LogEntry> older = store.before(room.id(), seq, PAGE / 2 + 1);
        List<LogEntry> newer = store.after(room.id(), seq - 1, PAGE / 2 + 1);
        boolean olderLeft = older.size() > PAGE / 2;
        boolean newerLeft = newer.size() > PAGE / 2;
        List<LogEntry> entries = new ArrayList<>(olderLeft ? older.subList(1, older.size()) : older);
        entries.addAll(newerLeft ? newer.subList(0, newer.size() - 1) : newer);
        return new MessagePage(entries, olderLeft, newerLeft);
    }

    /** @throws ChatException NOT_FOUND if there is no such message */
    public Message message(Room room, long seq) {
        return store.entry(room.id(), seq).map(LogEntry::message).orElseThrow(ChatException::noSuchMessage);
    }

    /** Returns a message that the user may edit, if there is one. */
    public Optional<Message> own(Room room, User user, long seq) {
        return store.entry(room.id(), seq)
                .map(LogEntry::message)
                .filter(message -> !message.isDeleted())
                .filter(message -> message.author().id().equals(user.id()));
    }

    /** Returns the quote for a reply to a message, unless it is deleted. */
    public Optional<Quote> quote(Room room, long seq) {
        return store.entry(room.id(), seq)
                .map(LogEntry::message)
                .filter(message -> !message.isDeleted())
                .map(Quote::of);
    }

    /**
     * Replaces the text of the user's own message.
     *
     * @throws ChatException INVALID for a text that is too long, NOT_FOUND if the message is deleted, FORBIDDEN if the
     *     user is not its author
     */
    public void edit(Room room, User user, Message message, Edit edit) {
        limits.checkLength(edit.length());
        if (!message.author().id().equals(user.id())) {
            throw mayNotEdit();
        }
        publish(room, store.edit(room.id(), message.seq(), user.id(), edit, clock.instant()));
        if (edit.form().isPresent()) {
            bus.publish(new EventBus.Event.MessagesRead(room.id(), Set.of(user.id())));
        }
    }

    public static ChatException mayNotEdit() {
        return new ChatException(Kind.FORBIDDEN, "refusal.edit");
    }

    /**
     * Deletes a message except for its sequence number and author. Does nothing if it is deleted.
     *
     * @throws ChatException FORBIDDEN if the user is neither its author nor a
     *     moderator of the room
     */
    public void delete(Room room, User user, Message message) {
        if (!message.author().id().equals(user.id()) && !room.isModeratedBy(user)) {
            throw mayNotDelete();
        }
        publish(room, store.delete(room.id(), message.seq(), user.id(), clock.instant()));
    }

    public static ChatException mayNotDelete() {
        return new ChatException(Kind.FORBIDDEN, "refusal.delete");
    }

    /** Adds the user's reaction, unless it exists. @throws ChatException NOT_FOUND if there is no such message */
    public void react(Room room, User user, long seq, Emoji emoji) {
        publish(room, store.react(room.id(), seq, user.id(), emoji, clock.instant()));
    }

    /** Removes the user's reaction, if it exists. @throws ChatException NOT_FOUND if there is no such message */
    public void unreact(Room room, User user, long seq, Emoji emoji) {
        publish(room, store.unreact(room.id(), seq, user.id(), emoji));
    }

    /** Returns the user's reactions to a message. */
    public Set<Emoji> reactions(Room room, User user, long seq) {
        return store.reactions(room.id(), seq, user.id());
    }

    private void publish(Room room, long version) {
        bus.publish(new EventBus.Event.RoomUpdated(room.id(), version));
    }
}
