package chat.klatsch.store;

import chat.klatsch.room.ChatException;
import chat.klatsch.room.Entry;
import chat.klatsch.room.RoomId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is posted to different rooms at the same time into one transaction, which costs little more than one for a
 * single room. Whoever comes while one is under way waits for the next, which one of those who wait makes for all. A
 * room that is locked, or of which something cannot be stored, keeps nobody else waiting: those who post to it write
 * alone. Thread-safe; what comes to one room keeps its order.
 */
final class GroupCommit {
    /** So many messages at most from which on no other room joins: a transaction stays far below the limits on its time. */
    private static final int ENOUGH = 1_000;

    private static final class Waiting {
        final Posts posts;

        @Nullable
        Supplier<List<Entry>> outcome;

        Waiting(Posts posts) {
            this.posts = posts;
        }
    }

    private final Database database;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private boolean underWay;

    GroupCommit(Database database) {
        this.database = database;
    }

    /** Returns when it is durable. @throws ChatException as {@link chat.klatsch.room.ChatStore#append} */
    List<Entry> append(Posts posts) {
        Waiting mine = new Waiting(posts);
        @Nullable Supplier<List<Entry>> outcome;
        lock.lock();
        try {
            queue.add(mine);
            while ((outcome = mine.outcome) == null) {
                if (underWay) {
                    committed.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
        return outcome.get();
    }

    /** Makes one transaction for those who wait, without the lock. */
    private void lead() {
        Map<RoomId, Waiting> group = group();
        Map<RoomId, Supplier<List<Entry>>> outcomes = Map.of();
        underWay = true;
        lock.unlock();
        try {
            outcomes =
                    commit(group.values().stream().map(waiting -> waiting.posts).toList());
        } finally {
            lock.lock();
            underWay = false;
            for (Waiting waiting : group.values()) {
                waiting.outcome = outcomes.getOrDefault(waiting.posts.room(), () -> alone(waiting.posts));
            }
            committed.signalAll();
        }
    }

    /** Takes those who come first to each room off the queue. */
    private Map<RoomId, Waiting> group() {
        Map<RoomId, Waiting> group = new HashMap<>();
        int messages = 0;
        for (Iterator<Waiting> all = queue.iterator(); all.hasNext() && messages < ENOUGH; ) {
            Waiting next = all.next();
            if (group.putIfAbsent(next.posts.room(), next) == null) {
                messages += next.posts.drafts().size();
                all.remove();
            }
        }
        return group;
    }

    /** Returns what has become of what was posted to each room, without those who have to write alone. */
    private Map<RoomId, Supplier<List<Entry>>> commit(Collection<Posts> group) {
        Map<RoomId, Supplier<List<Entry>>> outcomes = new HashMap<>();
        try {
            database.inTransaction(handle -> Appending.together(handle, group))
                    .forEach((room, entries) -> outcomes.put(room, () -> entries));
        } catch (ChatException refusal) {
            if (refusal.kind() == ChatException.Kind.UNAVAILABLE) {
                group.forEach(posts -> outcomes.put(posts.room(), () -> {
                    throw refusal;
                }));
            }
        } catch (RuntimeException e) {
            // Something has been sent again, or cannot be stored. Whose it is will be told when all write alone.
        }
        return outcomes;
    }

    private List<Entry> alone(Posts posts) {
        try {
            return database.inTransaction(handle -> Appending.alone(handle, posts, false));
        } catch (Duplicate e) {
            // One of them has been sent again. That is seldom, and looking for each would cost all a tenth.
            return database.inTransaction(handle -> Appending.alone(handle, posts, true));
        }
    }
}
