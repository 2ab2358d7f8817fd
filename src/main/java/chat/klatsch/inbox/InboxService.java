package chat.klatsch.inbox;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.MonotonicClock;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.live.DeferredActions;
import chat.klatsch.live.SerialTask;
import chat.klatsch.message.MessageStore;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the room list and unread counts of all open pages on this node up to date. Events only add actions; twice a second
 * a serial task runs them together, so a busy room costs one query for all its readers and at most one small frame for
 * each page. Thread-safe.
 */
public final class InboxService {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final InboxStore store;
    private final InboxIndex index;
    private final Clock clock;
    private final MonotonicClock elapsed;
    private final ReadMarkers readMarkers;
    private final OnlineUsers onlineUsers;
    private final InboxUpdates updates;
    private final DeferredActions actions = new DeferredActions();
    private final List<Consumer<RoomId>> listeners = new CopyOnWriteArrayList<>();

    public InboxService(
            InboxStore store,
            MessageStore messages,
            InboxRenderer renderer,
            EventBus bus,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.store = store;
        this.index = new InboxIndex(renderer);
        this.clock = clock;
        this.elapsed = new MonotonicClock(clock);
        this.readMarkers = new ReadMarkers(store, bus);
        this.onlineUsers = new OnlineUsers(bus);
        this.updates = new InboxUpdates(store, messages, index, clock, elapsed);
        InboxEvents events = new InboxEvents(actions, index, updates, onlineUsers);
        bus.subscribe(events);
        bus.subscribePresence(events);
        SerialTask task = new SerialTask(executor, this::run);
        timer.scheduleAtFixedRate(task::wake, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Keeps a view up to date until it is closed. */
    public void open(InboxView view) {
        actions.add(() -> {
            UserId owner = view.connection().user().id();
            index.add(owner).add(view);
            updates.invalidate(owner);
        });
    }

    public void close(InboxView view) {
        actions.add(() ->
                index.of(view.connection().user().id()).ifPresent(inbox -> inbox.remove(view, elapsed.instant())));
    }

    /** Marks messages that the reader has seen as read, unless unread ones come before them. */
    public void markRead(RoomId room, User reader, SeenRange seen) {
        readMarkers.add(room, reader.id(), seen);
    }

    /** Does the same before it returns. */
    public void markReadNow(RoomId room, User reader, SeenRange seen) {
        readMarkers.store(room, Map.of(reader.id(), List.of(seen)));
    }

    /** Marks a message and all later ones as unread at once. Pages that are open do not mark them as read again. */
    public void markUnread(Room room, User reader, long seq) {
        readMarkers.reset(room.id(), reader.id(), seq);
    }

    /** Stores the buffered read markers. Called after the last {@link #markRead}. */
    public void close() {
        try {
            readMarkers.store();
        } catch (ChatException unavailable) {
            // The store has logged it; the messages stay unread.
        }
    }

    /** Calls a listener with each private chat of a user who opens the first page on any node, or closes the last. */
    public void subscribe(Consumer<RoomId> listener) {
        listeners.add(listener);
    }

    /** Returns the number of unread messages in all rooms of a user that the user wants to be told of. */
    public long unread(UserId user) {
        return store.memberships(List.of(user), clock.instant()).getOrDefault(user, List.of()).stream()
                .mapToLong(Membership::counted)
                .sum();
    }

    /** Returns whether the user has a page open on any node. */
    public boolean isOnline(UserId user) {
        return onlineUsers.isOnline(user);
    }

    /** Returns the users who have a page open on any node. */
    public Set<UserId> online() {
        return onlineUsers.online();
    }

    /** Returns the number of users who have a page open on any node. */
    public int usersOnline() {
        return onlineUsers.count();
    }

    /** Returns the memberships with the online state of the partners in direct rooms. */
    public List<Membership> withPresence(List<Membership> memberships) {
        return memberships.stream().map(this::withPresence).toList();
    }

    private Membership withPresence(Membership membership) {
        return membership
                .room()
                .partner()
                .map(partner -> membership.withPartner(isOnline(partner.id())))
                .orElse(membership);
    }

    private void show(Inbox inbox, Membership membership) {
        inbox.replace(membership);
        listeners.forEach(listener -> listener.accept(membership.room().id()));
    }

    private void run() {
        actions.runAll();
        try {
            readMarkers.store();
            updates.run(this::withPresence);
        } catch (ChatException unavailable) {
            // The store has logged it, and the next run does what is left.
        }
        for (UserId user : onlineUsers.update(index.owners())) {
            index.withPartner(user)
                    .forEach(inbox -> inbox.directRoom(user)
                            .map(this::withPresence)
                            .ifPresent(membership -> show(inbox, membership)));
        }
    }
}
