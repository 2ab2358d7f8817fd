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
 * What waits to be said to other JVMs. Of things that replace each other only the last waits, so a busy room
 * is one entry; beyond the bound nothing is taken any more: messages are found by the patrol of each JVM, ended sign-ins
 * by its re-check, and who is where is said again before long. Thread-safe.
 */
final class PublishQueue {
    private static final int BOUND = 10_000;

    /** @param room where it is said, or null for to all */
    record Item(@Nullable RoomId room, NodeMessage word) {}

    private record Key(@Nullable RoomId room, Object what) {}

    private final Map<Key, Item> waiting = new LinkedHashMap<>();
    private boolean rung;

    /** Something to say that stands for itself. */
    void add(@Nullable RoomId room, NodeMessage word) {
        put(new Key(room, word), word, (before, now) -> now);
    }

    void news(RoomId room, long version) {
        put(
                new Key(null, room),
                new NodeMessage.RoomUpdated(room.value(), version),
                (before, now) -> ((NodeMessage.RoomUpdated) before).version() > version ? before : now);
    }

    void attending(RoomId room, NodeMessage.PresenceUpdate attending) {
        put(
                new Key(room, NodeMessage.PresenceUpdate.class),
                attending,
                (before, now) -> ((NodeMessage.PresenceUpdate) before).version() > attending.version() ? before : now);
    }

    /** Makes {@link #take} return although there is nothing to say. */
    synchronized void ring() {
        rung = true;
        notifyAll();
    }

    /** All that waits, as soon as something does or the time is over. */
    synchronized List<Item> take(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left; waiting.isEmpty() && !rung && (left = end - System.nanoTime()) > 0; ) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        rung = false;
        List<Item> taken = new ArrayList<>(waiting.values());
        waiting.clear();
        return taken;
    }

    private synchronized void put(Key key, NodeMessage word, BinaryOperator<NodeMessage> merge) {
        @Nullable Item before = waiting.get(key);
        if (before != null || waiting.size() < BOUND) {
            waiting.put(key, new Item(key.room(), before == null ? word : merge.apply(before.word(), word)));
            notifyAll();
        }
    }
}
