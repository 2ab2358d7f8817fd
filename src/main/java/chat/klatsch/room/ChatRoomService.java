package chat.klatsch.room;

import chat.klatsch.room.ChatException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rules of the chat: who may read, write and listen where, and the rooms that are in use. Rooms are looked up
 * through the viewer, so being let in and being allowed in are one thing. Thread-safe.
 */
public final class ChatRoomService {
    /** How many messages a page of a room shows. */
    public static final int PAGE = 50;

    private final ChatStore store;
    private final EventBus bus;
    private final Limits limits;
    private final Function<RoomId, LiveRoom> opening;
    private final BiFunction<RoomId, Consumer<Message>, Listening> listening;
    private final Map<RoomId, Use> inUse = new ConcurrentHashMap<>();
    private final Map<Listening, RoomId> listeners = new ConcurrentHashMap<>();

    /** A live room and for how many connections and posts it is kept. */
    private record Use(LiveRoom room, int count) {}

    public ChatRoomService(
            ChatStore store,
            EventBus bus,
            Renderer renderer,
            Limits limits,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.store = store;
        this.bus = bus;
        this.limits = limits;
        this.opening = id -> new LiveRoom(
                id, store, renderer, clock, executor, timer, seq -> bus.publish(new EventBus.Signal.News(id, seq)));
        this.listening = (id, listener) -> new Listening(new Timeline(id, store), listener, clock, executor, timer);
        bus.subscribe(this::hear);
    }

    public List<Room> roomsOf(User viewer) {
        return store.roomsOf(viewer);
    }

    /** @throws ChatException NOT_FOUND where the viewer may not see it */
    public Room room(User viewer, RoomId id) {
        return store.room(viewer, id).orElseThrow(Room::notFound);
    }

    /** The room's newest messages. */
    public History newest(User viewer, RoomId id) {
        return before(viewer, id, Long.MAX_VALUE);
    }

    /** The messages that come before a place in the room. */
    public History before(User viewer, RoomId id, long seq) {
        room(viewer, id);
        // One more than is shown: how a message looks depends on the one before it.
        List<Message> messages = store.before(id, seq, PAGE + 1);
        boolean olderLeft = messages.size() > PAGE;
        List<Entry> entries = Entry.sequence(null, messages);
        return new History(olderLeft ? entries.subList(1, entries.size()) : entries, olderLeft);
    }

    /** The messages that come after a place in the room, at most a page. */
    public History after(User viewer, RoomId id, long seq) {
        room(viewer, id);
        List<Message> messages = store.after(id, seq - 1, PAGE + 1);
        boolean previous = !messages.isEmpty() && messages.get(0).seq() == seq;
        List<Entry> entries = Entry.sequence(null, messages);
        return new History(previous ? entries.subList(1, entries.size()) : entries, seq > 0);
    }

    /** Who is in the room, as its people were last told. */
    public Roster roster(User viewer, RoomId id) {
        room(viewer, id);
        Use use = inUse.get(id);
        return use == null ? Roster.EMPTY : use.room().roster();
    }

    /**
     * Posts a message; the same author, key and text is the same message, however often it is posted.
     *
     * @return completes once the message is durable, or exceptionally with a {@link ChatException}
     * @throws ChatException NOT_FOUND, or INVALID for a text that is too long
     */
    public CompletableFuture<Message> post(RoomId id, Draft draft) {
        if (limits.exceeded(Limit.MESSAGE_LENGTH, draft.length())) {
            throw new ChatException(
                    Kind.INVALID,
                    "A message may have %d characters; this one has %d."
                            .formatted(limits.of(Limit.MESSAGE_LENGTH), draft.length()));
        }
        room(draft.author(), id);
        LiveRoom room = use(id);
        return room.writer().write(draft).whenComplete((message, failure) -> unuse(id));
    }

    /** As {@link #post}, waiting for the outcome. */
    public Message postAndWait(RoomId id, Draft draft) {
        try {
            return post(id, draft).orTimeout(10, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ChatException refusal) {
                throw refusal;
            }
            throw new ChatException(Kind.UNAVAILABLE, "The message could not be stored.", Duration.ofSeconds(2));
        }
    }

    /**
     * Lets a connection into a room; it is told all that happens until it leaves.
     *
     * @param after the place up to which it has seen everything, or empty to be told only what comes from now on
     */
    public void enter(RoomId id, Connection connection, OptionalLong after) {
        room(connection.user(), id);
        use(id).enter(connection, after);
    }

    /** Once for each {@link #enter}. */
    public void leave(RoomId id, Connection connection) {
        Use use = inUse.get(id);
        if (use != null) {
            use.room().leave(connection);
            unuse(id);
        }
    }

    /**
     * Tells a Java program of each message that comes from now on, once, in order, one at a time.
     *
     * @return closing it ends the listening
     * @throws ChatException NOT_FOUND when there is no such room
     */
    public AutoCloseable listen(RoomId id, Consumer<Message> listener) {
        Listening begun = listening.apply(id, listener);
        listeners.put(begun, id);
        begun.hear(store.lastSeq(id));
        return () -> {
            listeners.remove(begun);
            begun.close();
        };
    }

    /** Tells the room that this person is writing. */
    public void types(RoomId id, User user) {
        bus.publish(new EventBus.Signal.Typing(id, user));
    }

    /** Ends every connection in every room. */
    public void close() {
        forEachConnection(connection -> connection.end(Connection.Ending.SHUTDOWN));
    }

    private void hear(EventBus.Signal signal) {
        if (signal instanceof EventBus.Signal.News news) {
            ifInUse(news.room(), room -> room.hear(news.seq()));
            listeners.forEach((listener, room) -> {
                if (room.equals(news.room())) {
                    listener.hear(news.seq());
                }
            });
        } else if (signal instanceof EventBus.Signal.Typing typing) {
            ifInUse(typing.room(), room -> room.types(typing.user()));
        }
    }

    private void forEachConnection(Consumer<Connection> action) {
        inUse.values().forEach(use -> use.room().forEach(action));
    }

    private void ifInUse(RoomId id, Consumer<LiveRoom> action) {
        Use use = inUse.get(id);
        if (use != null) {
            action.accept(use.room());
        }
    }

    private LiveRoom use(RoomId id) {
        return inUse.compute(
                        id,
                        (key, use) ->
                                use == null ? new Use(opening.apply(id), 1) : new Use(use.room(), use.count() + 1))
                .room();
    }

    private void unuse(RoomId id) {
        inUse.computeIfPresent(id, (key, use) -> use.count() == 1 ? null : new Use(use.room(), use.count() - 1));
    }
}
