package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.Limits;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageStore;
import chat.klatsch.profile.NameChange;
import chat.klatsch.profile.NameStore;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import chat.klatsch.text.Text;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Posting, live connections and presence in rooms. Methods take a {@link Room}, which only the {@link MembershipService}
 * hands out, as proof that the user is a member. Thread-safe.
 */
public final class ChatRoomService {
    /** The longest delay of another node's message if its notification is lost. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

    private static final int POST_TIMEOUT_SECONDS = 10;

    /** The time in which other nodes say who is in a room. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(1);

    /** The time for which a room stays in use after somebody has asked who is in it. */
    private static final Duration WATCH_TIME = Duration.ofSeconds(30);

    private final MessageStore store;
    private final EventBus bus;
    private final Limits limits;
    private final NameFeed names;
    private final LiveRoomContext context;
    private final LiveRooms liveRooms;
    private volatile boolean ready = true;

    /** @param online tells whether a user has any page open, which is what counts in private chats */
    public ChatRoomService(
            MessageStore store,
            NameStore names,
            Function<RoomId, Optional<RoomSummary>> summaries,
            BiFunction<RoomId, Collection<UserId>, List<User>> members,
            Predicate<UserId> online,
            EventBus bus,
            EventRenderer renderer,
            Limits limits,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.store = store;
        this.bus = bus;
        this.limits = limits;
        this.names = new NameFeed(names);
        this.context = new LiveRoomContext(
                store, this.names, summaries, members, online, bus, renderer, clock, executor, timer);
        SerialTask poll = context.task(this::pollVersions);
        this.liveRooms = new LiveRooms(context, poll);
        bus.subscribe(liveRooms);
        bus.subscribePresence(liveRooms);
        timer.scheduleAtFixedRate(poll::wake, 0, POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns whether the store answered the last poll, a few seconds ago at most. */
    public boolean isReady() {
        return ready;
    }

    /** Returns the number of rooms in use on this node. */
    public int roomsInUse() {
        return liveRooms.ids().size();
    }

    /** Returns the version of users' names of which a page rendered from now on is aware. */
    public long nameVersion() {
        return names.version();
    }

    /** Returns the room's roster as it was last broadcast. */
    public Roster roster(Room room) {
        return liveRooms
                .find(room.id())
                .map(live -> live.presence().roster())
                .filter(roster -> roster != Roster.EMPTY)
                .orElseGet(() -> {
                    RoomSummary summary = context.summaries().apply(room.id()).orElse(RoomSummary.UNKNOWN);
                    return room.kind() == Room.Kind.DIRECT
                            ? Roster.ofTwo(summary, context.online(), true)
                            : Roster.of(0, List.of(), summary, true);
                });
    }

    /**
     * Posts a message. Posting is idempotent: author, key and text identify a message. A reply to a message that is
     * deleted is posted without its quote.
     *
     * @return completes once the message is durable, or exceptionally with a {@link ChatException}
     * @throws ChatException INVALID if the text is too long, NOT_FOUND if the message that it replies to does not exist
     */
    public CompletableFuture<Message> post(Room room, Draft draft) {
        limits.checkLength(draft.length());
        if (draft.replyTo().isPresent()) {
            store.entry(room.id(), draft.replyTo().getAsLong()).orElseThrow(ChatException::noSuchMessage);
        }
        return liveRooms
                .take(room.id())
                .posts()
                .add(draft)
                .whenComplete((message, failure) -> liveRooms.release(room.id()));
    }

    /** Posts like {@link #post}, but waits for the result. @throws ChatException UNAVAILABLE after ten seconds */
    public Message postAndWait(Room room, Draft draft) {
        try {
            return post(room, draft)
                    .orTimeout(POST_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ChatException refusal) {
                throw refusal;
            }
            throw new ChatException(Kind.UNAVAILABLE, new Text("refusal.post.unavailable"), Duration.ofSeconds(2));
        }
    }

    /**
     * Adds a connection to a room, which receives the room's events until it leaves.
     *
     * @param after the version up to which the client has seen everything, or empty to receive only later events
     * @param named the version of the names that its page shows, if it shows any
     */
    public void enter(Room room, Connection connection, OptionalLong after, OptionalLong named) {
        liveRooms.take(room.id()).enter(connection, after, named);
    }

    /** Removes a connection, once for each {@link #enter}. The room stays in use for longer than the grace time. */
    public void leave(Room room, Connection connection) {
        liveRooms.ifInUse(room.id(), liveRoom -> liveRoom.leave(connection));
        context.later(LocalPresence.GRACE.multipliedBy(2), () -> liveRooms.release(room.id()));
    }

    /** A user of this private chat has opened the first page or closed the last one. */
    public void onOnlineChanged(RoomId room) {
        liveRooms.ifInUse(room, LiveRoom::onOnlineChanged);
    }

    /** Publishes that the user is typing in the room. */
    public void onTyping(Room room, User user) {
        bus.publish(new EventBus.Event.UserTyping(room.id(), user.id()));
    }

    /**
     * Returns the users who have the room open on any node. If nobody has it open on this node, the others are asked and get
     * a second to answer. Waits.
     */
    public Set<UserId> present(RoomId id) {
        if (!(bus instanceof LocalEventBus)
                && liveRooms.find(id).filter(LiveRoom::isWatched).isEmpty()) {
            liveRooms.take(id).watch();
            context.later(WATCH_TIME, () -> liveRooms.release(id));
            try {
                Thread.sleep(ANSWER_TIME.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return liveRooms.find(id).map(room -> room.presence().present()).orElse(Set.of());
    }

    /** Finds updates whose notification was lost, with one query for all rooms in use and one for names. */
    private void pollVersions() {
        boolean answered = false;
        try {
            store.versions(liveRooms.ids())
                    .forEach((id, version) -> liveRooms.ifInUse(id, room -> room.onVersion(version)));
            List<NameChange> renamed = names.advance();
            if (!renamed.isEmpty()) {
                liveRooms.onNamesChanged(renamed);
            }
            answered = true;
        } catch (ChatException unavailable) {
            // The store has logged it, and the next poll tries again.
        } finally {
            ready = answered;
        }
    }
}
