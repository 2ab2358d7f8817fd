package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.EventListener;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.event.PresenceListener;
import chat.klatsch.event.PresenceReport;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The event bus of several nodes. Calls this node's listeners directly and those of other nodes through Redis, which
 * stores nothing: presence is published again after an outage. Thread-safe; no method waits for Redis.
 */
public final class RedisEventBus implements EventBus {
    /** The heartbeats after which a node publishes its presence again, in case an update was lost. */
    static final int HEARTBEATS_PER_PRESENCE_UPDATE = 10;

    private final LocalEventBus local = new LocalEventBus();
    private final List<PresenceListener> presenceListeners = new CopyOnWriteArrayList<>();
    private final String node = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    private final RedisMetrics metrics;
    private final PublishQueue queue;
    private final Map<RoomId, NodeMessage.PresenceUpdate> presence = new ConcurrentHashMap<>();
    private final AtomicLong presenceVersion = new AtomicLong();
    private final RemoteNodes remoteNodes;
    private final RedisConnection connection;
    private final EventPublisher publisher;

    /**
     * Returns immediately, whether or not Redis is available.
     *
     * @param url {@code redis://} or, for TLS, {@code rediss://}, with user and password where needed
     * @param prefix of all channel names
     * @param heartbeat the interval of each node's heartbeats; a node that misses seven of them has left
     */
    public RedisEventBus(URI url, String prefix, Duration heartbeat, MeterRegistry meters) {
        this.metrics = new RedisMetrics(meters);
        this.queue = new PublishQueue(metrics);
        this.remoteNodes =
                new RemoteNodes(presenceListeners, id -> queue.add(null, new NodeMessage.PresenceRequest(id)));
        this.connection =
                new RedisConnection(url, heartbeat, new RedisChannels(prefix), node, queue, new ConnectionListener());
        this.publisher = new EventPublisher(queue, connection::isUp);
        metrics.observe(connection);
        connection.open();
    }

    @Override
    public void subscribe(EventListener listener) {
        local.subscribe(listener);
    }

    @Override
    public void subscribePresence(PresenceListener listener) {
        presenceListeners.add(listener);
    }

    @Override
    public void publish(Event event) {
        local.publish(event);
        event.dispatch(publisher);
    }

    @Override
    public void reportPresence(RoomId room, PresenceReport report) {
        NodeMessage.PresenceUpdate update = NodeMessage.PresenceUpdate.of(presenceVersion.incrementAndGet(), report);
        if (presence.put(room, update) != null) {
            queue.addPresence(room, update);
            return;
        }
        connection.updateSubscriptions();
        // A room that was left a moment ago may still be subscribed, and then nothing else requests its presence.
        queue.add(room, new NodeMessage.PresenceRequest(null));
        if (!connection.isUp()) {
            availabilityChanged(room, false);
            if (connection.isUp()) {
                availabilityChanged(room, true);
            }
        }
    }

    @Override
    public void leave(RoomId room) {
        presence.remove(room);
        connection.updateSubscriptions();
        queue.addPresence(room, NodeMessage.PresenceUpdate.of(presenceVersion.incrementAndGet(), PresenceReport.EMPTY));
    }

    /** Publishes to the other nodes that this node and its users leave. */
    @Override
    public void close() {
        connection.close();
        local.close();
    }

    private void availabilityChanged(RoomId room, boolean available) {
        presenceListeners.forEach(listener -> listener.onAvailabilityChanged(room, available));
    }

    private void publishPresence(RoomId room) {
        NodeMessage.@Nullable PresenceUpdate update = presence.get(room);
        if (update != null) {
            queue.addPresence(room, update);
        }
    }

    /** Called on the subscriber's thread. */
    private final class ConnectionListener implements RedisSubscriber.Listener {
        private long heartbeats;

        @Override
        public Set<RoomId> rooms() {
            return presence.keySet();
        }

        @Override
        public void onSubscribed(RoomId room) {
            availabilityChanged(room, true);
            queue.add(room, new NodeMessage.PresenceRequest(null));
            publishPresence(room);
        }

        @Override
        public void onDisconnected() {
            remoteNodes.markUncertain();
            presence.keySet().forEach(room -> availabilityChanged(room, false));
        }

        /** Handles other nodes' messages. Of this node's own, only the heartbeat matters when it comes back. */
        @Override
        public void onMessage(@Nullable RoomId room, Envelope envelope) {
            if (!envelope.node().equals(node)) {
                boolean isKnown = remoteNodes.renew(envelope.node());
                envelope.message().dispatch(new MessageReceiver(room, envelope.node(), isKnown));
            } else if (envelope.message() instanceof NodeMessage.Heartbeat) {
                metrics.heartbeatReturned(connection.heartbeatAt());
                remoteNodes.onHeartbeat(presence.keySet());
                if (++heartbeats % HEARTBEATS_PER_PRESENCE_UPDATE == 0) {
                    presence.keySet().forEach(RedisEventBus.this::publishPresence);
                }
            }
        }
    }

    /** Handles one message of another node. If there are too many nodes, its presence is not known. */
    private final class MessageReceiver implements NodeMessage.Receiver {
        private final @Nullable RoomId room;
        private final String sender;
        private final boolean isKnown;

        MessageReceiver(@Nullable RoomId room, String sender, boolean isKnown) {
            this.room = room;
            this.sender = sender;
            this.isKnown = isKnown;
        }

        @Override
        public void onHeartbeat() {}

        @Override
        public void onLeaving() {
            remoteNodes.remove(sender);
        }

        @Override
        public void onEvent(Event event) {
            local.publish(event);
        }

        @Override
        public void onUserTyping(NodeMessage.UserTyping message) {
            if (room != null) {
                local.publish(new Event.UserTyping(room, new UserId(message.user())));
            }
        }

        @Override
        public void onPresenceRequest(NodeMessage.PresenceRequest message) {
            if (message.node() == null || message.node().equals(node)) {
                (room == null ? presence.keySet() : Set.of(room)).forEach(RedisEventBus.this::publishPresence);
            }
        }

        @Override
        public void onPresenceUpdate(NodeMessage.PresenceUpdate message) {
            if (isKnown && room != null && presence.containsKey(room)) {
                remoteNodes.onPresenceUpdate(room, sender, message);
            }
        }
    }
}
