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
 * What one listening connection hears, on the thread that listens. Once it is open, only the speaking thread tunes it;
 * any thread may cut it.
 */
final class RedisSubscriber extends JedisPubSub {
    private static final Logger log = LoggerFactory.getLogger(RedisSubscriber.class);

    private final Jedis in;
    private final RedisChannels channels;
    private final RedisConnection.Listener end;
    private final Runnable opened;
    private final Set<String> asked = new HashSet<>();
    private volatile boolean open;

    /** @param opened called once, when what is said to all is heard */
    RedisSubscriber(Jedis in, RedisChannels channels, RedisConnection.Listener end, Runnable opened) {
        this.in = in;
        this.channels = channels;
        this.end = end;
        this.opened = opened;
    }

    boolean isOpen() {
        return open;
    }

    /** Listens to these rooms and to no others. */
    void tune(Set<RoomId> rooms) {
        Set<String> wanted = rooms.stream().map(channels::of).collect(Collectors.toSet());
        String[] begun = wanted.stream().filter(asked::add).toArray(String[]::new);
        String[] ended =
                asked.stream().filter(channel -> !wanted.contains(channel)).toArray(String[]::new);
        List.of(ended).forEach(asked::remove);
        if (begun.length > 0) {
            subscribe(begun);
        }
        if (ended.length > 0) {
            unsubscribe(ended);
        }
    }

    void cut() {
        try {
            in.disconnect();
        } catch (JedisException e) {
            log.debug("The connection that was given up had been lost", e);
        }
    }

    @Override
    public void onSubscribe(String channel, int count) {
        if (channel.equals(channels.all())) {
            open = true;
            opened.run();
        } else {
            channels.room(channel).ifPresent(end::tuned);
        }
    }

    @Override
    public void onMessage(String channel, String message) {
        @Nullable RoomId room = channels.room(channel).orElse(null);
        Envelope.read(message).ifPresent(envelope -> end.heard(room, envelope));
    }
}
