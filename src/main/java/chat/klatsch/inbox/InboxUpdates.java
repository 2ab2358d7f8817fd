package chat.klatsch.inbox;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.MonotonicClock;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.MessageStore;
import chat.klatsch.room.Membership;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects which lists and counts are out of date, and reads them from the store. Confined to the inbox's serial task. */
final class InboxUpdates {
    /** A user who has a room open reads its messages, and gets a count only if they are still unread after this time. */
    private static final Duration READING_TIME = Duration.ofSeconds(2);

    /** An inbox stays this long after its last view, while the user navigates to another page. */
    private static final Duration NAVIGATION_TIME = Duration.ofMillis(1_500);

    /** The runs between two polls of room versions, which find updates whose notification was lost. */
    private static final int RUNS_PER_POLL = 10;

    /** The runs after which all lists are read again while events of other nodes are unavailable. */
    private static final int RUNS_PER_RELOAD = 20;

    /** The most lists that one query reads. */
    private static final int BATCH = 100;

    private final InboxStore store;
    private final MessageStore messages;
    private final InboxIndex index;
    private final Clock clock;
    private final MonotonicClock elapsed;
    private long runs;
    private boolean busAvailable = true;
    private final Map<RoomId, Long> versions = new HashMap<>();
    private final Set<RoomId> announced = new HashSet<>();
    private final Set<UserId> staleLists = new HashSet<>();
    private final Map<RoomId, Set<UserId>> staleCounts = new HashMap<>();
    private final Map<RoomId, Instant> beingRead = new HashMap<>();

    InboxUpdates(InboxStore store, MessageStore messages, InboxIndex index, Clock clock, MonotonicClock elapsed) {
        this.store = store;
        this.messages = messages;
        this.index = index;
        this.clock = clock;
        this.elapsed = elapsed;
    }

    /** Marks a user's list as out of date. */
    void invalidate(UserId owner) {
        staleLists.add(owner);
    }

    /** Marks the counts of these users in a room as out of date. */
    void count(RoomId room, Set<UserId> users) {
        users.stream()
                .filter(index.owners()::contains)
                .forEach(user ->
                        staleCounts.computeIfAbsent(room, id -> new HashSet<>()).add(user));
    }

    /** Events may have been lost, so all lists are out of date. */
    void onAvailabilityChanged(boolean available) {
        busAvailable = available;
        staleLists.addAll(index.owners());
    }

    /** Has the room's version read from the store, unless this one is known. */
    void onAnnounced(RoomId room, long version) {
        if (versions.getOrDefault(room, -1L) < version) {
            announced.add(room);
        }
    }

    /**
     * Counts now for the members who do not have the room open, and for those who have not read all of it: a deletion may
     * have lowered their count. Counts after {@link #READING_TIME} for all.
     */
    private void onVersion(RoomId room, long version) {
        @Nullable Long before = versions.get(room);
        if (before == null || before < version) {
            versions.put(room, version);
            index.with(room).stream()
                    .filter(inbox -> !inbox.shows(room) || inbox.hasUnread(room))
                    .forEach(inbox -> count(room, Set.of(inbox.owner())));
            beingRead.put(room, elapsed.instant().plus(READING_TIME));
        }
    }

    /**
     * Brings all inboxes up to date.
     *
     * @param presence adds the online state to a membership
     * @throws ChatException UNAVAILABLE; the next run does what is left
     */
    void run(UnaryOperator<Membership> presence) {
        Instant now = elapsed.instant();
        if (++runs % RUNS_PER_POLL == 0) {
            announced.addAll(index.rooms());
        }
        if (!announced.isEmpty()) {
            messages.versions(announced).forEach(this::onVersion);
            announced.clear();
        }
        if (!busAvailable && runs % RUNS_PER_RELOAD == 0) {
            staleLists.addAll(index.owners());
        }
        index.removeEmptySince(now.minus(NAVIGATION_TIME));
        versions.keySet().removeIf(room -> !index.contains(room));
        readLists(presence);
        beingRead.entrySet().removeIf(entry -> {
            boolean due = !entry.getValue().isAfter(now);
            if (due) {
                index.with(entry.getKey()).forEach(inbox -> count(entry.getKey(), Set.of(inbox.owner())));
            }
            return due;
        });
        readCounts();
    }

    private void readLists(UnaryOperator<Membership> presence) {
        staleLists.retainAll(index.owners());
        while (!staleLists.isEmpty()) {
            List<UserId> batch = staleLists.stream().limit(BATCH).toList();
            Map<UserId, List<Membership>> memberships = store.memberships(batch, clock.instant());
            for (UserId owner : batch) {
                List<Membership> list = memberships.getOrDefault(owner, List.of()).stream()
                        .map(presence)
                        .toList();
                index.of(owner).ifPresent(inbox -> index.replace(inbox, list));
                staleLists.remove(owner);
            }
        }
    }

    private void readCounts() {
        while (!staleCounts.isEmpty()) {
            RoomId room = staleCounts.keySet().iterator().next();
            Set<UserId> users = staleCounts.get(room);
            users.retainAll(index.owners());
            Map<UserId, InboxStore.Unread> unread = users.isEmpty() ? Map.of() : store.unread(room, users);
            unread.forEach((owner, counts) -> index.of(owner).ifPresent(inbox -> {
                @Nullable Membership before = inbox.rooms().get(room);
                boolean isReading = inbox.shows(room) && beingRead.containsKey(room);
                if (before != null
                        && isReading
                        && counts.messages() >= before.unread()
                        && counts.marker().resets() == before.marker().resets()) {
                    inbox.replace(before.withDraft(counts.hasDraft()));
                } else if (before != null) {
                    inbox.replace(before.withUnread(counts.marker(), counts.messages(), counts.mentions())
                            .withDraft(counts.hasDraft()));
                }
            }));
            staleCounts.remove(room);
        }
    }
}
