package chat.klatsch.inbox;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.live.SerialTask;
import chat.klatsch.message.MessageStore;
import chat.klatsch.room.Membership;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The inboxes of those who have a screen open on this JVM. Whatever happens anywhere only leaves a note; twice a second
 * all notes are acted upon together, so a busy room is one query for all its readers and at most one small frame for
 * each of their screens. Thread-safe.
 */
public final class InboxService {
    private static final Duration TICK = Duration.ofMillis(500);

    /** Somebody who looks at a room reads what comes there, and is told otherwise only when they have not for so long. */
    private static final Duration READING = Duration.ofSeconds(2);

    /** For so long somebody may be between two pages. */
    private static final Duration BETWEEN = Duration.ofMillis(1_500);

    /** How often the store is asked for what nobody has rung for. */
    private static final int TICKS_PER_PATROL = 10;

    /** How often all lists are read again while other JVMs cannot be heard. */
    private static final int TICKS_PER_REVIEW = 20;

    /** As many people's lists are read in one query. */
    private static final int AT_ONCE = 100;

    private final InboxStore store;
    private final MessageStore messages;
    private final InboxIndex inboxIndex;
    private final Clock clock;
    private final ReadMarkers marks;
    private final OnlineUsers onlineUsers;
    private final SerialTask task;
    private final Queue<Runnable> notes = new ConcurrentLinkedQueue<>();

    private long ticks;
    private boolean hears = true;
    private final Map<RoomId, Long> versions = new HashMap<>();
    private final Set<UserId> stale = new HashSet<>();
    private final Map<RoomId, Set<UserId>> uncounted = new HashMap<>();
    private final Map<RoomId, Instant> beingRead = new HashMap<>();

    public InboxService(
            InboxStore store,
            MessageStore messages,
            InboxRenderer renderer,
            EventBus bus,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.store = store;
        this.messages = messages;
        this.inboxIndex = new InboxIndex(renderer);
        this.clock = clock;
        this.marks = new ReadMarkers(store, bus);
        this.onlineUsers = new OnlineUsers(bus);
        this.task = new SerialTask(executor, this::run);
        bus.subscribe(this::hear);
        timer.scheduleAtFixedRate(task::ring, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Keeps a screen up to date until it {@link #close closes}. */
    public void open(InboxView screen) {
        notes.add(() -> {
            UserId owner = screen.connection().user().id();
            inboxIndex.add(owner).add(screen);
            stale.add(owner);
        });
    }

    public void close(InboxView screen) {
        notes.add(() -> inboxIndex
                .of(screen.connection().user().id())
                .ifPresent(inbox -> inbox.remove(screen, clock.instant())));
    }

    /** This person has seen the room up to this message. */
    public void read(RoomId room, User reader, long seq) {
        marks.add(room, reader.id(), seq);
    }

    /** Stores what has been read since the last time. Once nothing more comes in. */
    public void close() {
        try {
            marks.store();
        } catch (ChatException unavailable) {
            // The store has said so in the log; it is unread again.
        }
    }

    /** Whether this person has a screen open anywhere. */
    public boolean isOnline(UserId user) {
        return onlineUsers.isOnline(user);
    }

    /** The same with who of the others is online. */
    public List<Membership> present(List<Membership> memberships) {
        return memberships.stream().map(this::present).toList();
    }

    private Membership present(Membership membership) {
        return membership
                .room()
                .partner()
                .map(partner -> membership.withPartner(isOnline(partner.id())))
                .orElse(membership);
    }

    private void hear(Event event) {
        if (event instanceof Event.RoomUpdated news && inboxIndex.contains(news.room())) {
            notes.add(() -> news(news.room(), news.version()));
        } else if (event instanceof Event.MessagesRead seen && inboxIndex.contains(seen.room())) {
            notes.add(() -> uncounted(seen.room(), seen.people()));
        } else if (event instanceof Event.RoomChanged changed) {
            notes.add(() -> {
                if (changed.user() != null) {
                    stale.add(changed.user());
                } else {
                    inboxIndex.with(changed.room()).forEach(inbox -> stale.add(inbox.owner()));
                }
            });
        } else if (event instanceof Event.PresenceReported attending
                && attending.room().equals(OnlineUsers.EVERYWHERE)) {
            notes.add(() ->
                    onlineUsers.attending(attending.jvm(), attending.people().people()));
        } else if (event instanceof Event.BusAvailabilityChanged hearing
                && hearing.room().equals(OnlineUsers.EVERYWHERE)) {
            // What was rung meanwhile, or will be until it can be heard again, is read instead.
            notes.add(() -> {
                hears = hearing.others();
                stale.addAll(inboxIndex.owners());
            });
        } else if (event instanceof Event.NodeLeft gone) {
            notes.add(() -> onlineUsers.attending(gone.jvm(), Set.of()));
        }
    }

    /** Those who look at the room are probably reading it. */
    private void news(RoomId room, long version) {
        @Nullable Long before = versions.get(room);
        if (before == null || before < version) {
            versions.put(room, version);
            inboxIndex.with(room).stream()
                    .filter(inbox -> !inbox.shows(room))
                    .forEach(inbox -> uncounted(room, Set.of(inbox.owner())));
            beingRead.put(room, clock.instant().plus(READING));
        }
    }

    private void uncounted(RoomId room, Set<UserId> people) {
        uncounted.computeIfAbsent(room, id -> new HashSet<>()).addAll(people);
    }

    private void run() {
        for (Runnable note; (note = notes.poll()) != null; ) {
            note.run();
        }
        try {
            Instant now = clock.instant();
            if (++ticks % TICKS_PER_PATROL == 0) {
                messages.versions(inboxIndex.rooms()).forEach(this::news);
            }
            if (!hears && ticks % TICKS_PER_REVIEW == 0) {
                stale.addAll(inboxIndex.owners());
            }
            marks.store();
            inboxIndex.clear(now.minus(BETWEEN));
            versions.keySet().removeIf(room -> !inboxIndex.contains(room));
            list();
            beingRead.entrySet().removeIf(read -> {
                if (read.getValue().isAfter(now)) {
                    return false;
                }
                inboxIndex.with(read.getKey()).forEach(inbox -> uncounted(read.getKey(), Set.of(inbox.owner())));
                return true;
            });
            count();
        } catch (ChatException unavailable) {
            // The store has said so in the log; whatever is left is done at the next tick.
        }
        showWhoIsOnline();
    }

    /** Reads the lists of those who have come, or whose list may be another. */
    private void list() {
        stale.retainAll(inboxIndex.owners());
        while (!stale.isEmpty()) {
            List<UserId> some = stale.stream().limit(AT_ONCE).toList();
            Map<UserId, List<Membership>> memberships = store.memberships(some);
            some.forEach(owner -> inboxIndex
                    .of(owner)
                    .ifPresent(inbox -> inboxIndex.list(inbox, present(memberships.getOrDefault(owner, List.of())))));
            some.forEach(stale::remove);
        }
    }

    private void count() {
        while (!uncounted.isEmpty()) {
            RoomId room = uncounted.keySet().iterator().next();
            Set<UserId> people = uncounted.get(room);
            people.retainAll(inboxIndex.owners());
            Map<UserId, InboxStore.Unread> unread = people.isEmpty() ? Map.of() : store.unread(room, people);
            unread.forEach((owner, counts) -> inboxIndex
                    .of(owner)
                    .ifPresent(inbox -> inbox.listed(room)
                            .ifPresent(before -> inbox.show(before.withUnread(counts.messages(), counts.mentions())))));
            uncounted.remove(room);
        }
    }

    private void showWhoIsOnline() {
        for (UserId user : onlineUsers.update(inboxIndex.owners())) {
            inboxIndex
                    .talkingTo(user)
                    .forEach(inbox -> inbox.chatWith(user).map(this::present).ifPresent(inbox::show));
        }
    }
}
