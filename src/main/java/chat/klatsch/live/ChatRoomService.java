package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.Limits;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.PresenceReport;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageStore;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What happens in rooms: posting, listening, and who is there. A {@link Room} is had only from the
 * {@link MembershipService} and is the proof of having been let in; everything here asks for one. Thread-safe.
 */
public final class ChatRoomService {
    /** How late a message may be at most that another JVM has stored, whether or not it can be heard. */
    private static final Duration PATROL = Duration.ofSeconds(2);

    private static final int STOP_TIMEOUT_SECONDS = 10;

    private final MessageStore store;
    private final EventBus bus;
    private final Limits limits;
    private final LiveRoomContext liveRoomContext;
    private final LiveRooms live;
    private final Map<JavaListener, RoomId> listeners = new ConcurrentHashMap<>();
    private final SerialTask patrol;
    private volatile boolean ready = true;

    public ChatRoomService(
            MessageStore store,
            Function<RoomId, Optional<RoomSummary>> circles,
            EventBus bus,
            EventRenderer renderer,
            Limits limits,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.store = store;
        this.bus = bus;
        this.limits = limits;
        this.liveRoomContext = new LiveRoomContext(store, circles, clock, executor, timer);
        this.live = new LiveRooms(id -> new LiveRoom(id, liveRoomContext, renderer, bus));
        this.patrol = liveRoomContext.task(this::patrol);
        bus.subscribe(this::hear);
        timer.scheduleAtFixedRate(patrol::ring, 0, PATROL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the store answered when it was last asked, at most a few seconds ago. */
    public boolean isReady() {
        return ready;
    }

    /** Who is in the room, as its people were last told. */
    public Roster roster(Room room) {
        return live.find(room.id())
                .map(LiveRoom::roster)
                .filter(roster -> roster != Roster.EMPTY)
                .orElseGet(() -> {
                    RoomSummary summary =
                            liveRoomContext.circles().apply(room.id()).orElse(RoomSummary.UNKNOWN);
                    return Roster.of(0, List.of(), summary, true);
                });
    }

    /** Everybody who is in the room, as far as this JVM knows: somebody must be there on it. */
    public Set<UserId> people(Room room) {
        return live.find(room.id()).map(LiveRoom::people).orElse(Set.of());
    }

    /**
     * Posts a message; the same author, key and text is the same message, however often it is posted.
     *
     * @return completes once the message is durable, or exceptionally with a {@link ChatException}
     * @throws ChatException INVALID for a text that is too long, NOT_FOUND when it answers a message that is not there
     */
    public CompletableFuture<Message> post(Room room, Draft draft) {
        limits.checkLength(draft.length());
        if (draft.replyTo().isPresent()) {
            store.entry(room.id(), draft.replyTo().getAsLong())
                    .filter(entry -> !entry.message().isDeleted())
                    .orElseThrow(ChatException::noSuchMessage);
        }
        return live.take(room.id()).writer().write(draft).whenComplete((message, failure) -> live.release(room.id()));
    }

    /** As {@link #post}, waiting for the outcome. */
    public Message postAndWait(Room room, Draft draft) {
        try {
            return post(room, draft)
                    .orTimeout(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
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
    public void enter(Room room, Connection connection, OptionalLong after) {
        live.take(room.id()).enter(connection, after);
    }

    /** Once for each {@link #enter}. The room stays a moment longer, so that a reload is no departure here or elsewhere. */
    public void leave(Room room, Connection connection) {
        live.ifInUse(room.id(), liveRoom -> liveRoom.leave(connection));
        liveRoomContext.later(LocalPresence.GRACE.multipliedBy(2), () -> live.release(room.id()));
    }

    /** Tells the room that this person is writing. */
    public void types(Room room, User user) {
        bus.publish(new EventBus.Event.UserTyping(room.id(), user));
    }

    /**
     * Tells a Java program of each message that comes from now on, once, in order, one at a time.
     *
     * @return closing it ends the listening
     * @throws ChatException NOT_FOUND when there is no such room
     */
    public AutoCloseable listen(RoomId id, Consumer<Message> action) {
        JavaListener listener = new JavaListener(id, liveRoomContext, action);
        listeners.put(listener, id);
        live.take(id).open();
        // What was committed between its beginning and now has rung for nobody.
        listener.look();
        return () -> {
            if (listeners.remove(listener) != null) {
                listener.close();
                live.release(id);
            }
        };
    }

    private void hear(EventBus.Event event) {
        if (event instanceof EventBus.Event.RoomUpdated news) {
            hear(news.room(), news.version());
        } else if (event instanceof EventBus.Event.RoomChanged changed) {
            live.ifInUse(changed.room(), LiveRoom::changed);
        } else if (event instanceof EventBus.Event.UserTyping typing) {
            live.ifInUse(typing.room(), room -> room.types(typing.user()));
        } else if (event instanceof EventBus.Event.PresenceReported attending) {
            live.ifInUse(attending.room(), room -> room.attending(attending.jvm(), attending.people()));
        } else if (event instanceof EventBus.Event.NodeLeft gone) {
            live.forEach(room -> room.attending(gone.jvm(), PresenceReport.NOBODY));
        } else if (event instanceof EventBus.Event.BusAvailabilityChanged hearing) {
            live.ifInUse(hearing.room(), room -> room.hearing(hearing.others()));
            if (hearing.others()) {
                patrol.ring();
            }
        }
    }

    private void hear(RoomId id, long version) {
        live.ifInUse(id, room -> room.hear(version));
        listeners.forEach((listener, room) -> {
            if (room.equals(id)) {
                listener.hear(version);
            }
        });
    }

    /** Asks the store what has come without a ring: whatever else fails, everybody is level again after this. */
    private void patrol() {
        boolean answered = false;
        try {
            store.versions(live.ids()).forEach(this::hear);
            answered = true;
        } catch (ChatException unavailable) {
            // The store has said so in the log, and the next patrol asks again.
        } finally {
            ready = answered;
        }
    }
}
