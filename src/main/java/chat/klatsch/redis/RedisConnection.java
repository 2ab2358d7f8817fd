package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * Two connections to Redis, one to subscribe and one to publish, each with its own thread. When either fails, both are
 * opened anew. A frozen Redis reports no error, so the publisher sends heartbeats that the subscriber must receive.
 * Thread-safe.
 */
final class RedisConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisConnection.class);

    /** The number of missed heartbeats after which Redis counts as unavailable. */
    private static final int MAX_MISSED_HEARTBEATS = 3;

    private static final int DISCONNECT_ATTEMPTS = 20;
    private static final long MIN_BACKOFF_MILLIS = 100;
    private static final long MAX_BACKOFF_MILLIS = 2_000;

    private final RedisAddress address;
    private final Duration heartbeat;
    private final RedisChannels channels;
    private final String node;
    private final PublishQueue queue;
    private final RedisSubscriber.Listener listener;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread subscriberThread = new Thread(this::subscribe, "klatsch-redis-subscriber");
    private final Thread publisherThread = new Thread(this::publish, "klatsch-redis-publisher");
    private final AtomicBoolean subscriptionsStale = new AtomicBoolean();
    private volatile @Nullable RedisSubscriber subscriber;
    private volatile long heartbeatAt = System.nanoTime();
    private boolean failureLogged;

    RedisConnection(
            URI url,
            Duration heartbeat,
            RedisChannels channels,
            String node,
            PublishQueue queue,
            RedisSubscriber.Listener listener) {
        this.address = RedisAddress.of(url, heartbeat.multipliedBy(MAX_MISSED_HEARTBEATS));
        this.heartbeat = heartbeat;
        this.channels = channels;
        this.node = node;
        this.queue = queue;
        this.listener = listener;
    }

    void open() {
        subscriberThread.setDaemon(true);
        publisherThread.setDaemon(true);
        subscriberThread.start();
        publisherThread.start();
    }

    /** Subscribes to {@link RedisSubscriber.Listener#rooms} as they are now, soon and on another thread. */
    void updateSubscriptions() {
        subscriptionsStale.set(true);
        queue.wake();
    }

    /** Returns when the last heartbeat was published, in terms of {@link System#nanoTime}. */
    long heartbeatAt() {
        return heartbeatAt;
    }

    /** Returns whether messages arrive. */
    boolean isUp() {
        return openSubscriber().isPresent();
    }

    /** Publishes what is queued and a farewell, if Redis accepts it, and stops both threads. */
    @Override
    public void close() {
        closing.countDown();
        queue.wake();
        try {
            publisherThread.join(RedisAddress.TIMEOUT.toMillis());
            // The subscriber may be about to reconnect, so one attempt is not enough.
            for (int i = 0; i < DISCONNECT_ATTEMPTS && subscriberThread.isAlive(); i++) {
                disconnectSubscriber();
                subscriberThread.join(RedisAddress.TIMEOUT.toMillis() / DISCONNECT_ATTEMPTS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void subscribe() {
        long backoff = MIN_BACKOFF_MILLIS;
        while (!isClosing()) {
            try (Jedis jedis = address.connect()) {
                RedisSubscriber fresh = new RedisSubscriber(jedis, channels, listener, this::onSubscriberOpen);
                subscriber = fresh;
                jedis.subscribe(fresh, channels.all());
            } catch (RuntimeException e) {
                backoff = isUp() ? MIN_BACKOFF_MILLIS : Math.min(2 * backoff, MAX_BACKOFF_MILLIS);
                onFailure(e);
            }
            pause(backoff);
        }
    }

    private void onSubscriberOpen() {
        updateSubscriptions();
        if (failureLogged) {
            failureLogged = false;
            log.info("Redis is available again");
        }
    }

    private void onFailure(RuntimeException failure) {
        boolean wasUp = isUp();
        subscriber = null;
        if (isClosing()) {
            return;
        }
        if (!failureLogged) {
            failureLogged = true;
            log.warn("Redis is unavailable; messages reach other nodes more slowly: {}", failure.getMessage());
        }
        if (wasUp) {
            listener.onDisconnected();
        }
    }

    private void publish() {
        while (!isClosing()) {
            try (Jedis jedis = address.connect()) {
                publish(jedis);
            } catch (RuntimeException e) {
                // Lost messages are made up for when the subscriber reconnects; a lost farewell, when the lease
                // expires.
                disconnectSubscriber();
                pause(MIN_BACKOFF_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Publishes until closing, or until the subscriber has reconnected, after which this connection is suspect too. */
    private void publish(Jedis jedis) throws InterruptedException {
        @Nullable RedisSubscriber receiver = subscriber;
        long nextHeartbeat = System.nanoTime();
        boolean last;
        do {
            last = isClosing();
            Duration wait = last ? Duration.ZERO : Duration.ofNanos(nextHeartbeat - System.nanoTime());
            List<PublishQueue.Item> items = queue.take(wait);
            if (subscriptionsStale.getAndSet(false)) {
                openSubscriber().ifPresent(open -> open.updateSubscriptions(listener.rooms()));
            }
            Pipeline pipeline = jedis.pipelined();
            items.forEach(item -> publish(pipeline, item.room(), item.message()));
            if (last) {
                publish(pipeline, null, new NodeMessage.Leaving());
            } else if (nextHeartbeat - System.nanoTime() <= 0) {
                heartbeatAt = System.nanoTime();
                publish(pipeline, null, new NodeMessage.Heartbeat());
                nextHeartbeat = heartbeatAt + heartbeat.toNanos();
            }
            pipeline.sync();
        } while (!last && receiver == subscriber);
    }

    private void publish(Pipeline pipeline, @Nullable RoomId room, NodeMessage message) {
        pipeline.publish(channels.of(room), new Envelope(node, message).json());
    }

    private Optional<RedisSubscriber> openSubscriber() {
        return Optional.ofNullable(subscriber).filter(RedisSubscriber::isOpen);
    }

    private void disconnectSubscriber() {
        Optional.ofNullable(subscriber).ifPresent(RedisSubscriber::disconnect);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause(long millis) {
        try {
            closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
