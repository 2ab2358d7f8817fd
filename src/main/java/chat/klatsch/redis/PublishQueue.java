package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Bounded queue of messages to other nodes. Messages that replace each other coalesce, so a busy room takes one entry.
 * Messages beyond the bound are dropped: nodes poll room versions, recheck sessions and repeat presence. Thread-safe.
 */
final class PublishQueue {
    private static final int MAX_ENTRIES = 10_000;

    /** @param room the room whose channel it is for, or null for the common channel */
    record Item(@Nullable RoomId room, NodeMessage message) {}

    private record Key(@Nullable RoomId room, Object what) {}

    private final Map<Key, Item> waiting = new LinkedHashMap<>();
    private final RedisMetrics metrics;
    private boolean wakeUp;

    PublishQueue(RedisMetrics metrics) {
        this.metrics = metrics;
    }

    /** Adds a message that replaces no other. */
    void add(@Nullable RoomId room, NodeMessage message) {
        put(new Key(room, message), message, (before, now) -> now);
    }

    void addVersion(RoomId room, long version) {
        put(
                new Key(null, room),
                new NodeMessage.RoomUpdated(room.value(), version),
                (before, now) -> ((NodeMessage.RoomUpdated) before).version() > version ? before : now);
    }

    void addPresence(RoomId room, NodeMessage.PresenceUpdate update) {
        put(
                new Key(room, NodeMessage.PresenceUpdate.class),
                update,
                (before, now) -> ((NodeMessage.PresenceUpdate) before).version() > update.version() ? before : now);
    }

    /** Makes {@link #take} return even if the queue is empty. */
    synchronized void wake() {
        wakeUp = true;
        notifyAll();
    }

    /** Removes and returns all messages; waits for one until the timeout. */
    synchronized List<Item> take(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        for (long left; waiting.isEmpty() && !wakeUp && (left = end - System.nanoTime()) > 0; ) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        wakeUp = false;
        List<Item> taken = new ArrayList<>(waiting.values());
        waiting.clear();
        return taken;
    }

    private synchronized void put(Key key, NodeMessage message, BinaryOperator<NodeMessage> merge) {
        @Nullable Item before = waiting.get(key);
        if (before != null || waiting.size() < MAX_ENTRIES) {
            waiting.put(key, new Item(key.room(), before == null ? message : merge.apply(before.message(), message)));
            notifyAll();
        } else {
            metrics.dropped();
        }
    }
}
