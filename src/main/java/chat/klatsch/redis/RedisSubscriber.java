package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Passes on what one subscribing connection receives, on its thread. Once it is open, only the publisher's thread updates
 * its subscriptions. Any thread may disconnect it.
 */
final class RedisSubscriber extends JedisPubSub {
    private static final Logger log = LoggerFactory.getLogger(RedisSubscriber.class);

    /** Receives what arrives, on the subscriber's thread. {@link #rooms} is called on the publisher's. */
    interface Listener {
        /** Returns the rooms to subscribe to, beside the common channel. */
        Set<RoomId> rooms();

        /** @param room null for the common channel */
        void onMessage(@Nullable RoomId room, Envelope envelope);

        /** The room's messages arrive from now on. */
        void onSubscribed(RoomId room);

        /** No messages arrive from now on. */
        void onDisconnected();
    }

    private final Jedis jedis;
    private final RedisChannels channels;
    private final Listener listener;
    private final Runnable onOpen;
    private final Set<String> requested = new HashSet<>();
    private volatile boolean open;

    /** @param onOpen called once, when the common channel is subscribed */
    RedisSubscriber(Jedis jedis, RedisChannels channels, Listener listener, Runnable onOpen) {
        this.jedis = jedis;
        this.channels = channels;
        this.listener = listener;
        this.onOpen = onOpen;
    }

    boolean isOpen() {
        return open;
    }

    /** Subscribes to the channels of these rooms and unsubscribes from those of all others. */
    void updateSubscriptions(Set<RoomId> rooms) {
        Set<String> wanted = rooms.stream().map(channels::of).collect(Collectors.toSet());
        String[] added = wanted.stream().filter(requested::add).toArray(String[]::new);
        String[] removed =
                requested.stream().filter(channel -> !wanted.contains(channel)).toArray(String[]::new);
        List.of(removed).forEach(requested::remove);
        if (added.length > 0) {
            subscribe(added);
        }
        if (removed.length > 0) {
            unsubscribe(removed);
        }
    }

    void disconnect() {
        try {
            jedis.disconnect();
        } catch (JedisException e) {
            log.debug("The connection was already closed", e);
        }
    }

    @Override
    public void onSubscribe(String channel, int count) {
        if (channel.equals(channels.all())) {
            open = true;
            onOpen.run();
        } else {
            channels.room(channel).ifPresent(listener::onSubscribed);
        }
    }

    @Override
    public void onMessage(String channel, String message) {
        @Nullable RoomId room = channels.room(channel).orElse(null);
        Envelope.read(message).ifPresent(envelope -> listener.onMessage(room, envelope));
    }
}
