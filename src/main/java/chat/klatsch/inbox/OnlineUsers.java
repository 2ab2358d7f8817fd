package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.PresenceReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The users who have a page open on any node. Confined to the inbox's serial task, except for {@link #isOnline}, {@link #online} and {@link #count}. */
final class OnlineUsers {
    /**
     * A reserved id under which nodes report their users in all rooms together, so that the bus needs no second kind of
     * presence. No room has it: generated ids are longer.
     */
    static final RoomId ALL_ROOMS = new RoomId("_everywhere_");

    private final EventBus bus;
    private final Map<String, Set<UserId>> remote = new HashMap<>();
    private Set<UserId> local = Set.of();
    private boolean changed;
    private volatile Set<UserId> online = Set.of();

    OnlineUsers(EventBus bus) {
        this.bus = bus;
    }

    /** Any thread. */
    boolean isOnline(UserId user) {
        return online.contains(user);
    }

    /** Any thread. */
    Set<UserId> online() {
        return online;
    }

    /** Any thread. */
    int count() {
        return online.size();
    }

    void onReport(String node, Set<UserId> users) {
        if (users.isEmpty()) {
            remote.remove(node);
        } else {
            remote.put(node, users);
        }
        changed = true;
    }

    /** Takes this node's users, reports them to the others if they changed, and returns who came or went on any node. */
    Set<UserId> update(Set<UserId> users) {
        if (!users.equals(local)) {
            local = Set.copyOf(users);
            bus.reportPresence(ALL_ROOMS, PresenceReport.of(local));
            changed = true;
        }
        if (!changed) {
            return Set.of();
        }
        changed = false;
        Set<UserId> all = new HashSet<>(local);
        remote.values().forEach(all::addAll);
        Set<UserId> cameOrWent = new HashSet<>(all);
        cameOrWent.removeAll(online);
        online.stream().filter(user -> !all.contains(user)).forEach(cameOrWent::add);
        online = Set.copyOf(all);
        return cameOrWent;
    }
}
