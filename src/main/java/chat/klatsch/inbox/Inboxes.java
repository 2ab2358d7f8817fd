package chat.klatsch.inbox;

import chat.klatsch.room.ChatException;
import chat.klatsch.room.EventBus;
import chat.klatsch.room.EventBus.Signal;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Pump;
import chat.klatsch.room.RoomId;
import chat.klatsch.room.User;
import chat.klatsch.room.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The inboxes of those who have a screen open on this JVM. Whatever happens anywhere only leaves a note; twice a second
 * all notes are acted upon together, so a busy room is one query for all its readers and at most one small frame for
 * each of their screens. Thread-safe.
 */
public final class Inboxes {
    private static final Duration TICK = Duration.ofMillis(500);

    /** Somebody who looks at a room reads what comes there, and is told otherwise only when they have not for so long. */
    private static final Duration READING = Duration.ofSeconds(2);

    /** For so long somebody may be between two pages. */
    private static final Duration BETWEEN = Duration.ofMillis(1_500);

    /** As many people's lists are read in one query. */
    private static final int AT_ONCE = 100;

    private final InboxStore store;
    private final InboxRenderer renderer;
    private final Clock clock;
    private final ReadMarks marks;
    private final Everybody everybody;
    private final Pump pump;
    private final Queue<Runnable> notes = new ConcurrentLinkedQueue<>();

    /** The keys may be read by any thread; all else belongs to the pump. */
    private final Map<RoomId, Set<Inbox>> byRoom = new ConcurrentHashMap<>();

    private final Map<UserId, Inbox> inboxes = new HashMap<>();
    private final Map<UserId, Set<Inbox>> byPartner = new HashMap<>();
    private final Map<RoomId, Long> versions = new HashMap<>();
    private final Set<UserId> stale = new HashSet<>();
    private final Map<RoomId, Set<UserId>> uncounted = new HashMap<>();
    private final Map<RoomId, Instant> beingRead = new HashMap<>();

    public Inboxes(
            InboxStore store,
            InboxRenderer renderer,
            EventBus bus,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.store = store;
        this.renderer = renderer;
        this.clock = clock;
        this.marks = new ReadMarks(store, bus);
        this.everybody = new Everybody(bus);
        this.pump = new Pump(executor, this::run);
        bus.subscribe(this::hear);
        timer.scheduleAtFixedRate(pump::ring, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Keeps a screen up to date until it {@link #close closes}. */
    public void open(Screen screen) {
        notes.add(() -> {
            UserId owner = screen.connection().user().id();
            inboxes.computeIfAbsent(owner, id -> new Inbox(id, renderer)).add(screen);
            stale.add(owner);
        });
    }

    public void close(Screen screen) {
        notes.add(() -> {
            Inbox inbox = inboxes.get(screen.connection().user().id());
            if (inbox != null) {
                inbox.remove(screen, clock.instant());
            }
        });
    }

    /** This person has seen the room up to this message. */
    public void read(RoomId room, User reader, long seq) {
        marks.add(room, reader.id(), seq);
    }

    /** Whether this person has a screen open anywhere. */
    public boolean isOnline(UserId user) {
        return everybody.isOnline(user);
    }

    /** The same with who of the others is online. */
    public List<Membership> present(List<Membership> memberships) {
        return memberships.stream().map(this::present).toList();
    }

    /** The rooms of which somebody here wants to know how far they have come. */
    public Set<RoomId> rooms() {
        return Set.copyOf(byRoom.keySet());
    }

    private Membership present(Membership membership) {
        return membership
                .room()
                .partner()
                .map(partner -> membership.withPartner(isOnline(partner.id())))
                .orElse(membership);
    }

    private void hear(Signal signal) {
        if (signal instanceof Signal.News news && byRoom.containsKey(news.room())) {
            notes.add(() -> news(news.room(), news.version()));
        } else if (signal instanceof Signal.Seen seen && byRoom.containsKey(seen.room())) {
            notes.add(() -> uncounted(seen.room(), seen.people()));
        } else if (signal instanceof Signal.Changed changed) {
            notes.add(() -> {
                if (changed.user() != null) {
                    stale.add(changed.user());
                } else {
                    of(changed.room()).forEach(inbox -> stale.add(inbox.owner()));
                }
            });
        } else if (signal instanceof Signal.Attending attending
                && attending.room().equals(Everybody.EVERYWHERE)) {
            notes.add(() ->
                    everybody.attending(attending.jvm(), attending.people().people()));
        } else if (signal instanceof Signal.Gone gone) {
            notes.add(() -> everybody.attending(gone.jvm(), Set.of()));
        }
    }

    /** Those who look at the room are probably reading it. */
    private void news(RoomId room, long version) {
        if (versions.merge(room, version, Math::max) == version) {
            of(room).stream()
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
            marks.store();
            forget(now);
            list();
            beingRead.entrySet().removeIf(read -> {
                if (read.getValue().isAfter(now)) {
                    return false;
                }
                of(read.getKey()).forEach(inbox -> uncounted(read.getKey(), Set.of(inbox.owner())));
                return true;
            });
            count();
        } catch (ChatException unavailable) {
            // The store has said so in the log; whatever is left is done at the next tick.
        }
        showWhoIsOnline();
    }

    private void forget(Instant now) {
        inboxes.values().removeIf(inbox -> {
            boolean left = inbox.isLeftBefore(now.minus(BETWEEN));
            if (left) {
                unlist(inbox);
            }
            return left;
        });
    }

    /** Reads the lists of those who have come, or whose list may be another. */
    private void list() {
        stale.retainAll(inboxes.keySet());
        while (!stale.isEmpty()) {
            List<UserId> some = stale.stream().limit(AT_ONCE).toList();
            Map<UserId, List<Membership>> memberships = store.memberships(some);
            some.forEach(owner -> {
                Inbox inbox = inboxes.get(owner);
                unlist(inbox);
                inbox.list(present(memberships.getOrDefault(owner, List.of())));
                inbox.rooms().values().forEach(membership -> {
                    byRoom.computeIfAbsent(membership.room().id(), room -> new HashSet<>())
                            .add(inbox);
                    membership
                            .room()
                            .partner()
                            .ifPresent(partner -> byPartner
                                    .computeIfAbsent(partner.id(), id -> new HashSet<>())
                                    .add(inbox));
                });
            });
            some.forEach(stale::remove);
        }
    }

    private void unlist(Inbox inbox) {
        inbox.rooms().values().forEach(membership -> {
            remove(byRoom, membership.room().id(), inbox);
            membership.room().partner().ifPresent(partner -> remove(byPartner, partner.id(), inbox));
            if (!byRoom.containsKey(membership.room().id())) {
                versions.remove(membership.room().id());
            }
        });
    }

    private static <K> void remove(Map<K, Set<Inbox>> index, K key, Inbox inbox) {
        index.computeIfPresent(key, (same, all) -> {
            all.remove(inbox);
            return all.isEmpty() ? null : all;
        });
    }

    private void count() {
        while (!uncounted.isEmpty()) {
            RoomId room = uncounted.keySet().iterator().next();
            Set<UserId> people = uncounted.get(room);
            people.retainAll(inboxes.keySet());
            Map<UserId, InboxStore.Unread> unread = people.isEmpty() ? Map.of() : store.unread(room, people);
            unread.forEach((owner, counts) -> {
                Inbox inbox = inboxes.get(owner);
                Membership before = inbox.rooms().get(room);
                if (before != null) {
                    inbox.show(before.withUnread(counts.messages(), counts.mentions()));
                }
            });
            uncounted.remove(room);
        }
    }

    private void showWhoIsOnline() {
        for (UserId user : everybody.update(inboxes.keySet())) {
            for (Inbox inbox : byPartner.getOrDefault(user, Set.of())) {
                List<Membership> chats = new ArrayList<>(inbox.rooms().values());
                chats.stream()
                        .filter(membership -> membership
                                .room()
                                .partner()
                                .filter(partner -> partner.id().equals(user))
                                .isPresent())
                        .forEach(membership -> inbox.show(present(membership)));
            }
        }
    }

    private Collection<Inbox> of(RoomId room) {
        return byRoom.getOrDefault(room, Set.of());
    }
}
