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

/** The inboxes on this node, indexed by owner, by room, and by partner in direct rooms. */
final class InboxIndex {
    private final InboxRenderer renderer;
    private final Map<UserId, Inbox> byOwner = new HashMap<>();
    private final Map<UserId, Set<Inbox>> byPartner = new HashMap<>();

    /** Keys may be read by any thread. Everything else is confined to the inbox's serial task. */
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

    Collection<Inbox> withPartner(UserId partner) {
        return byPartner.getOrDefault(partner, Set.of());
    }

    /** Replaces an inbox's list of rooms. */
    void replace(Inbox inbox, List<Membership> memberships) {
        unlink(inbox);
        inbox.replace(memberships);
        inbox.rooms().values().forEach(membership -> {
            put(byRoom, membership.room().id(), inbox);
            partner(membership).ifPresent(partner -> put(byPartner, partner, inbox));
        });
    }

    /** Removes the inboxes whose last view was closed before this time. */
    void removeEmptySince(Instant time) {
        byOwner.values().removeIf(inbox -> {
            boolean empty = inbox.isEmptySince(time);
            if (empty) {
                unlink(inbox);
            }
            return empty;
        });
    }

    private void unlink(Inbox inbox) {
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
