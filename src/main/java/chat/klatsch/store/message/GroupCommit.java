package chat.klatsch.store.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.message.LogEntry;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes concurrent posts to different rooms in one transaction, which costs little more than a post to one room. Threads
 * that arrive during a transaction wait for the next, which one of them runs for all. A room that is locked, or a group in
 * which a post cannot be stored, falls back to one transaction for each room. Messages of one room keep their order
 * because its post queue submits one batch at a time. Thread-safe.
 */
final class GroupCommit {
    /** The number of messages that closes a group, far below what the transaction's time-outs allow. */
    private static final int MAX_MESSAGES = 1_000;

    /** Time that threads wait for a running group. One stalled by a locked user row then delays only its own posts. */
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
    private final SearchColumns search;
    private final Timer commits;
    private final DistributionSummary messages;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    private final Queue<PendingBatch> queue = new ArrayDeque<>();

    /** The most recent group until it is committed. Earlier, stalled groups are not waited for. */
    private @Nullable Map<RoomId, PendingBatch> running;

    private long started;

    GroupCommit(Database database) {
        this.database = database;
        this.commits = Timer.builder("klatsch.commit")
                .description("time to store a group of messages, durably")
                .serviceLevelObjectives(Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)
                        .map(Duration::ofMillis)
                        .toArray(Duration[]::new))
                .register(database.meters());
        this.messages = DistributionSummary.builder("klatsch.commit.messages")
                .description("messages in a group")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
                .register(database.meters());
        this.search = new SearchColumns(database.dialect());
    }

    /**
     * Returns once the posts are durable.
     *
     * @throws ChatException as {@link chat.klatsch.message.MessageStore#append}
     */
    List<LogEntry> append(PostBatch posts) {
        PendingBatch own = new PendingBatch(posts);
        @Nullable Supplier<List<LogEntry>> outcome;
        lock.lock();
        try {
            queue.add(own);
            while ((outcome = own.outcome) == null) {
                if (own.taken) {
                    committed.await();
                } else if (running == null
                        || committed.awaitNanos(started + LEADER_TIMEOUT_NANOS - System.nanoTime()) <= 0) {
                    leadBatch();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ChatException.busy(e);
        } finally {
            queue.remove(own);
            lock.unlock();
        }
        return outcome.get();
    }

    /** Commits one group for all its threads. Releases the lock meanwhile. */
    private void leadBatch() {
        Map<RoomId, PendingBatch> group = takeGroup();
        running = group;
        started = System.nanoTime();
        Map<RoomId, Supplier<List<LogEntry>>> outcomes = Map.of();
        lock.unlock();
        try {
            outcomes =
                    commit(group.values().stream().map(pending -> pending.posts).toList());
        } finally {
            lock.lock();
            if (running == group) {
                running = null;
            }
            for (PendingBatch pending : group.values()) {
                pending.outcome = outcomes.getOrDefault(pending.posts.room(), () -> appendAlone(pending.posts));
            }
            committed.signalAll();
        }
    }

    /** Takes the first batch of each room from the queue. */
    private Map<RoomId, PendingBatch> takeGroup() {
        Map<RoomId, PendingBatch> group = new HashMap<>();
        int messages = 0;
        for (Iterator<PendingBatch> all = queue.iterator(); all.hasNext() && messages < MAX_MESSAGES; ) {
            PendingBatch next = all.next();
            if (group.putIfAbsent(next.posts.room(), next) == null) {
                messages += next.posts.drafts().size();
                next.taken = true;
                all.remove();
            }
        }
        return group;
    }

    /** Returns the outcome for each room except those that need a transaction of their own. */
    private Map<RoomId, Supplier<List<LogEntry>>> commit(Collection<PostBatch> group) {
        Map<RoomId, Supplier<List<LogEntry>>> outcomes = new HashMap<>();
        try {
            commits.record(() -> appendTogether(group)).forEach((room, entries) -> outcomes.put(room, () -> entries));
            messages.record(
                    group.stream().mapToInt(posts -> posts.drafts().size()).sum());
        } catch (ChatException refusal) {
            if (group.size() == 1 || !database.isReachable()) {
                group.forEach(posts -> outcomes.put(posts.room(), () -> {
                    throw refusal;
                }));
            }
        } catch (RuntimeException e) {
            // The failing batch throws again in its own transaction.
        }
        return outcomes;
    }

    private Map<RoomId, List<LogEntry>> appendTogether(Collection<PostBatch> group) {
        return retryOnDuplicate(checkDuplicates -> database.inTransaction(
                handle -> MessageAppender.appendTogether(handle, search, group, checkDuplicates)));
    }

    private List<LogEntry> appendAlone(PostBatch posts) {
        return retryOnDuplicate(checkDuplicates ->
                database.inTransaction(handle -> MessageAppender.appendAlone(handle, search, posts, checkDuplicates)));
    }

    /** Checks for duplicates only after a conflict: reposts are rare, and checking always would cost a tenth. */
    private static <T> T retryOnDuplicate(Function<Boolean, T> append) {
        try {
            return append.apply(false);
        } catch (DuplicateKeyException e) {
            return append.apply(true);
        }
    }
}
