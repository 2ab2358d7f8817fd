package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Two connections to Redis, one that listens and one that speaks, each with a thread of its own; both begin anew
 * whenever anything is wrong with either. A Redis that hangs never says so, therefore the speaker says at every beat
 * something that the listener must hear. Thread-safe.
 */
final class RedisConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisConnection.class);
    /** After as many beats of which none comes back, Redis is away. */
    private static final int SILENCE = 3;

    private static final int CUTS = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Whoever listens at this end. Called by the listening thread, {@link #rooms} by the speaking one. */
    interface Listener {
        /** The rooms to listen to, beside what is said to all. */
        Set<RoomId> rooms();

        /** @param room null for what is said to all */
        void heard(@Nullable RoomId room, Envelope envelope);

        /** From now on the room is listened to. */
        void tuned(RoomId room);

        /** From now on nothing is heard. */
        void lost();
    }

    private final HostAndPort address;
    private final JedisClientConfig config;
    private final Duration beat;
    private final RedisChannels channels;
    private final String jvm;
    private final PublishQueue publishQueue;
    private final Listener end;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread listener = new Thread(this::listen, "klatsch-redis-in");
    private final Thread speaking = new Thread(this::speak, "klatsch-redis-out");
    private volatile @Nullable RedisSubscriber subscriber;
    private final AtomicBoolean untuned = new AtomicBoolean();
    private boolean complained;

    RedisConnection(
            URI url, Duration beat, RedisChannels channels, String jvm, PublishQueue publishQueue, Listener end) {
        this.beat = beat;
        this.address = new HostAndPort(url.getHost(), url.getPort() < 0 ? Protocol.DEFAULT_PORT : url.getPort());
        this.config = config(url, beat);
        this.channels = channels;
        this.jvm = jvm;
        this.publishQueue = publishQueue;
        this.end = end;
    }

    private static JedisClientConfig config(URI url, Duration beat) {
        // This client does not understand the replies to a subscriber under RESP3.
        DefaultJedisClientConfig.Builder settings = DefaultJedisClientConfig.builder()
                .resp2()
                .user(JedisURIHelper.getUser(url))
                .password(JedisURIHelper.getPassword(url))
                .connectionTimeoutMillis((int) TIMEOUT.toMillis())
                .socketTimeoutMillis((int) TIMEOUT.toMillis())
                .blockingSocketTimeoutMillis((int) beat.multipliedBy(SILENCE).toMillis());
        if (JedisURIHelper.isRedisSSLScheme(url)) {
            settings.sslOptions(SslOptions.defaults());
        }
        return settings.build();
    }

    void open() {
        listener.start();
        speaking.start();
    }

    /** The rooms to listen to are others than before. */
    void retune() {
        untuned.set(true);
        publishQueue.ring();
    }

    /** Whether it hears what is said. */
    boolean isUp() {
        @Nullable RedisSubscriber current = subscriber;
        return current != null && current.isOpen();
    }

    /** Says what still waits and goodbye, if Redis takes it, and ends. */
    @Override
    public void close() {
        closing.countDown();
        publishQueue.ring();
        try {
            speaking.join(TIMEOUT.toMillis());
            // More than once: it may be about to begin anew.
            for (int i = 0; i < CUTS && listener.isAlive(); i++) {
                hangUp();
                listener.join(TIMEOUT.toMillis() / CUTS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        Duration pause = SHORTEST_PAUSE;
        while (!isClosing()) {
            try (Jedis in = new Jedis(address, config)) {
                RedisSubscriber fresh = new RedisSubscriber(in, channels, end, this::isHeard);
                subscriber = fresh;
                in.subscribe(fresh, channels.all());
            } catch (RuntimeException e) {
                pause = isUp() ? SHORTEST_PAUSE : longer(pause);
                lose(e);
            }
            rest(pause);
        }
    }

    /** The listener hears: it must be told to what to listen, and Redis has come back if it had been away. */
    private void isHeard() {
        retune();
        if (complained) {
            complained = false;
            log.info("Redis answers again");
        }
    }

    private void speak() {
        while (!isClosing()) {
            try (Jedis out = new Jedis(address, config)) {
                speak(out);
            } catch (RuntimeException e) {
                // What this loses is made good when the listener begins anew; a departure, when the room's lease ends.
                hangUp();
                rest(SHORTEST_PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Until the link closes, or the listener has begun anew: this connection is then no good either. */
    private void speak(Jedis out) throws InterruptedException {
        @Nullable RedisSubscriber heardBy = subscriber;
        long nextBeat = System.nanoTime();
        boolean last;
        do {
            last = isClosing();
            List<PublishQueue.Item> items = publishQueue.take(last ? Duration.ZERO : untilNow(nextBeat));
            if (untuned.getAndSet(false)) {
                tune();
            }
            Pipeline pipeline = out.pipelined();
            items.forEach(item -> say(pipeline, item.room(), item.word()));
            if (last) {
                say(pipeline, null, new NodeMessage.Leaving());
            } else if (nextBeat - System.nanoTime() <= 0) {
                say(pipeline, null, new NodeMessage.Heartbeat());
                nextBeat = System.nanoTime() + beat.toNanos();
            }
            pipeline.sync();
        } while (!last && heardBy == subscriber);
    }

    private void tune() {
        @Nullable RedisSubscriber current = subscriber;
        if (current != null && current.isOpen()) {
            current.tune(end.rooms());
        }
    }

    private void say(Pipeline pipeline, @Nullable RoomId room, NodeMessage word) {
        pipeline.publish(channels.of(room), new Envelope(jvm, word).json());
    }

    /** Makes the listener begin anew. */
    private void hangUp() {
        @Nullable RedisSubscriber current = subscriber;
        if (current != null) {
            current.cut();
        }
    }

    private void lose(RuntimeException failure) {
        boolean wasUp = isUp();
        subscriber = null;
        if (isClosing()) {
            return;
        }
        if (!complained) {
            complained = true;
            log.warn("Redis does not answer; messages cross JVMs more slowly until it does: {}", failure.getMessage());
        }
        if (wasUp) {
            end.lost();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void rest(Duration pause) {
        try {
            closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private static Duration untilNow(long nanoTime) {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }
}
