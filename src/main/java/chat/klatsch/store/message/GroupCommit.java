package chat.klatsch.store.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.message.LogEntry;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is posted to different rooms at the same time into one transaction, which costs little more than one for a
 * single room. Whoever comes while one is under way waits for the next, which one of those who wait makes for all. A
 * room that is locked is passed over, and one of which something cannot be stored makes all of its transaction write
 * alone, each room for itself. Thread-safe. A room's messages keep their order because its {@code RoomWriter} waits for
 * one batch before it brings the next.
 */
final class GroupCommit {
    /** With so many messages no other room joins: a transaction stays far below the limits on its time. */
    private static final int ENOUGH = 1_000;

    /** So long one is waited for. If it stands still, on a locked row that a message refers to, only what came with it does. */
    private static final long LEADER_TIMEOUT_NANOS = 100_000_000;

    private static final class PendingBatch {
        final PostBatch posts;
        boolean taken;

        @Nullable
        Supplier<List<LogEntry>> outcome;

        PendingBatch(PostBatch posts) {
            this.posts = posts;
        }
    }

    private final Database database;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    private final Queue<PendingBatch> queue = new ArrayDeque<>();

    /** The group that was taken last, until it is done. Nobody waits for one before it, which stands still. */
    private @Nullable Map<RoomId, PendingBatch> underWay;

    private long begun;

    GroupCommit(Database database) {
        this.database = database;
    }

    /** Returns when it is durable. @throws ChatException as {@link chat.klatsch.message.MessageStore#append} */
    List<LogEntry> append(PostBatch posts) {
        PendingBatch mine = new PendingBatch(posts);
        @Nullable Supplier<List<LogEntry>> outcome;
        lock.lock();
        try {
            queue.add(mine);
            while ((outcome = mine.outcome) == null) {
                if (mine.taken) {
                    committed.await();
                } else if (underWay == null
                        || committed.awaitNanos(begun + LEADER_TIMEOUT_NANOS - System.nanoTime()) <= 0) {
                    lead();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ChatException.busy(e);
        } finally {
            queue.remove(mine);
            lock.unlock();
        }
        return outcome.get();
    }

    /** Makes one transaction for those who wait, without the lock. */
    private void lead() {
        Map<RoomId, PendingBatch> group = group();
        underWay = group;
        begun = System.nanoTime();
        Map<RoomId, Supplier<List<LogEntry>>> outcomes = Map.of();
        lock.unlock();
        try {
            outcomes =
                    commit(group.values().stream().map(waiting -> waiting.posts).toList());
        } finally {
            lock.lock();
            if (underWay == group) {
                underWay = null;
            }
            for (PendingBatch waiting : group.values()) {
                waiting.outcome = outcomes.getOrDefault(waiting.posts.room(), () -> alone(waiting.posts));
            }
            committed.signalAll();
        }
    }

    /** Takes those who come first to each room off the queue. */
    private Map<RoomId, PendingBatch> group() {
        Map<RoomId, PendingBatch> group = new HashMap<>();
        int messages = 0;
        for (Iterator<PendingBatch> all = queue.iterator(); all.hasNext() && messages < ENOUGH; ) {
            PendingBatch next = all.next();
            if (group.putIfAbsent(next.posts.room(), next) == null) {
                messages += next.posts.drafts().size();
                next.taken = true;
                all.remove();
            }
        }
        return group;
    }

    /** Returns what has become of what was posted to each room, without those who have to write alone. */
    private Map<RoomId, Supplier<List<LogEntry>>> commit(Collection<PostBatch> group) {
        Map<RoomId, Supplier<List<LogEntry>>> outcomes = new HashMap<>();
        try {
            together(group).forEach((room, entries) -> outcomes.put(room, () -> entries));
        } catch (ChatException refusal) {
            if (group.size() == 1 || !database.isReachable()) {
                group.forEach(posts -> outcomes.put(posts.room(), () -> {
                    throw refusal;
                }));
            }
        } catch (RuntimeException e) {
            // Something cannot be stored. Whose it is will be told when all write alone.
        }
        return outcomes;
    }

    private Map<RoomId, List<LogEntry>> together(Collection<PostBatch> group) {
        return knowing(looking -> database.inTransaction(handle -> MessageAppender.together(handle, group, looking)));
    }

    private List<LogEntry> alone(PostBatch posts) {
        return knowing(looking -> database.inTransaction(handle -> MessageAppender.alone(handle, posts, looking)));
    }

    /** That something has been sent again is seldom, and looking for each would cost all a tenth. */
    private static <T> T knowing(Function<Boolean, T> append) {
        try {
            return append.apply(false);
        } catch (DuplicateKeyException e) {
            return append.apply(true);
        }
    }
}
