package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import chat.klatsch.event.PresenceListener;
import chat.klatsch.event.PresenceReport;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The other nodes and their leases. Each node renews its lease with every message; it leaves, with its users, when none
 * has arrived during several of this node's own heartbeats. Those come back over Redis too, so no lease expires while
 * Redis is unavailable or while this node itself is stopped. Confined to the subscriber's thread.
 */
final class RemoteNodes {
    /** The heartbeats of this node that a node's lease lasts. */
    private static final int NODE_LEASE = 7;

    /** The heartbeats of this node that a node's presence update lasts; nodes repeat it. */
    private static final int PRESENCE_LEASE = 2 * RedisEventBus.HEARTBEATS_PER_PRESENCE_UPDATE + NODE_LEASE;

    /** More nodes than this are forged. */
    private static final int MAX_NODES = 100;

    /** The most users of all nodes in all rooms together; a user counts once for each room. */
    private static final int MAX_USERS = 1_000_000;

    private static final class RemoteNode {
        int age;
        final Map<RoomId, RoomPresence> rooms = new HashMap<>();
    }

    /** The last presence update of a node for a room, with its age in heartbeats. */
    private static final class RoomPresence {
        long version;
        int age;
        int users;
    }

    private final Map<String, RemoteNode> nodes = new HashMap<>();
    private final Collection<PresenceListener> listeners;
    private final Consumer<String> onNewNode;

    /** The number of users in all rooms, at least; exact after each heartbeat. */
    private long users;

    /** @param onNewNode requests the presence of a node whose earlier updates may have been missed */
    RemoteNodes(Collection<PresenceListener> listeners, Consumer<String> onNewNode) {
        this.listeners = listeners;
        this.onNewNode = onNewNode;
    }

    /** Renews a node's lease because a message of it has arrived. Returns false if there are too many nodes. */
    boolean renew(String id) {
        if (!nodes.containsKey(id)) {
            if (nodes.size() >= MAX_NODES) {
                return false;
            }
            nodes.put(id, new RemoteNode());
            onNewNode.accept(id);
        }
        nodes.get(id).age = 0;
        return true;
    }

    /**
     * Takes a known node's users in a room, unless a later update has arrived in the last few heartbeats. One that is
     * older than that may have had a forged version.
     */
    void onPresenceUpdate(RoomId room, String id, NodeMessage.PresenceUpdate update) {
        RoomPresence presence = nodes.get(id).rooms.computeIfAbsent(room, first -> new RoomPresence());
        int more = update.users().size() - presence.users;
        if (users + more <= MAX_USERS && (update.version() >= presence.version || presence.age >= NODE_LEASE)) {
            users += more;
            presence.users = update.users().size();
            presence.version = update.version();
            presence.age = 0;
            report(room, id, update.report());
        }
    }

    /** Shortens all presence leases after an outage: users whose node does not report them again soon have left. */
    void markUncertain() {
        nodes.values()
                .forEach(node -> node.rooms.values().forEach(presence -> presence.age = PRESENCE_LEASE - NODE_LEASE));
    }

    /**
     * Ages all leases, because a heartbeat of this node has come back.
     *
     * @param rooms the subscribed rooms; presence in all others is dropped
     */
    void onHeartbeat(Set<RoomId> rooms) {
        nodes.forEach((id, node) -> {
            node.age++;
            node.rooms.keySet().retainAll(rooms);
            node.rooms.forEach((room, presence) -> {
                if (++presence.age == PRESENCE_LEASE + 1) {
                    presence.users = 0;
                    report(room, id, PresenceReport.EMPTY);
                }
            });
        });
        nodes.entrySet().stream()
                .filter(entry -> entry.getValue().age > NODE_LEASE)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::remove);
        users = nodes.values().stream()
                .flatMap(node -> node.rooms.values().stream())
                .mapToLong(presence -> presence.users)
                .sum();
    }

    void remove(String id) {
        if (nodes.remove(id) != null) {
            listeners.forEach(listener -> listener.onNodeLeft(id));
        }
    }

    private void report(RoomId room, String id, PresenceReport report) {
        listeners.forEach(listener -> listener.onPresenceReported(room, id, report));
    }
}
