package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Membership;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All inboxes of this JVM, found by their owners, by the rooms in them, and by whom their owners talk to in private. */
final class InboxIndex {
    private final InboxRenderer renderer;
    private final Map<UserId, Inbox> byOwner = new HashMap<>();
    private final Map<UserId, Set<Inbox>> byPartner = new HashMap<>();

    /** Its keys are read by any thread; all else here by one at a time. */
    private final Map<RoomId, Set<Inbox>> byRoom = new ConcurrentHashMap<>();

    InboxIndex(InboxRenderer renderer) {
        this.renderer = renderer;
    }

    /** Any thread. */
    boolean contains(RoomId room) {
        return byRoom.containsKey(room);
    }

    /** Any thread. */
    Set<RoomId> rooms() {
        return Set.copyOf(byRoom.keySet());
    }

    Set<UserId> owners() {
        return byOwner.keySet();
    }

    Inbox add(UserId owner) {
        return byOwner.computeIfAbsent(owner, id -> new Inbox(id, renderer));
    }

    Optional<Inbox> of(UserId owner) {
        return Optional.ofNullable(byOwner.get(owner));
    }

    Collection<Inbox> with(RoomId room) {
        return byRoom.getOrDefault(room, Set.of());
    }

    Collection<Inbox> talkingTo(UserId partner) {
        return byPartner.getOrDefault(partner, Set.of());
    }

    /** Gives an inbox another list of rooms. */
    void list(Inbox inbox, List<Membership> memberships) {
        takeApart(inbox);
        inbox.list(memberships);
        inbox.rooms().values().forEach(membership -> {
            put(byRoom, membership.room().id(), inbox);
            partner(membership).ifPresent(partner -> put(byPartner, partner, inbox));
        });
    }

    /** Takes away the inboxes whose last screen has gone before this time. */
    void clear(Instant time) {
        byOwner.values().removeIf(inbox -> {
            boolean left = inbox.isLeftBefore(time);
            if (left) {
                takeApart(inbox);
            }
            return left;
        });
    }

    private void takeApart(Inbox inbox) {
        inbox.rooms().values().forEach(membership -> {
            remove(byRoom, membership.room().id(), inbox);
            partner(membership).ifPresent(partner -> remove(byPartner, partner, inbox));
        });
    }

    private static Optional<UserId> partner(Membership membership) {
        return membership.room().partner().map(User::id);
    }

    private static <K> void put(Map<K, Set<Inbox>> index, K key, Inbox inbox) {
        index.computeIfAbsent(key, same -> new HashSet<>()).add(inbox);
    }

    private static <K> void remove(Map<K, Set<Inbox>> index, K key, Inbox inbox) {
        index.computeIfPresent(key, (same, all) -> {
            all.remove(inbox);
            return all.isEmpty() ? null : all;
        });
    }
}
