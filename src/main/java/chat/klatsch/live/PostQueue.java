package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageStore;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the posts that wait for one room together in one transaction (group commit): the more load, the
 * larger the batch, the cheaper each message. Thread-safe; posts keep the order in which they came.
 */
final class PostQueue {
    private static final Logger log = LoggerFactory.getLogger(PostQueue.class);
    private static final int BATCH = 256;
    private static final int WAITING = 4_096;

    private record PendingPost(Draft draft, CompletableFuture<Message> stored) {}

    private final RoomId room;
    private final MessageStore store;
    private final Clock clock;
    private final Consumer<List<LogEntry>> committed;
    private final BlockingQueue<PendingPost> queue = new LinkedBlockingQueue<>(WAITING);
    private final SerialTask task;

    /** @param committed told of each batch after its commit and before its authors */
    PostQueue(RoomId room, LiveRoomContext liveRoomContext, Consumer<List<LogEntry>> committed) {
        this.room = room;
        this.store = liveRoomContext.store();
        this.clock = liveRoomContext.clock();
        this.committed = committed;
        this.task = liveRoomContext.task(this::writeBatch);
    }

    /** Completes with the message once it is durable, or with a {@link ChatException}. */
    CompletableFuture<Message> write(Draft draft) {
        CompletableFuture<Message> stored = new CompletableFuture<>();
        if (queue.offer(new PendingPost(draft, stored))) {
            task.ring();
        } else {
            stored.completeExceptionally(new ChatException(
                    ChatException.Kind.UNAVAILABLE,
                    "Too many people are writing at once. Please try again.",
                    Duration.ofSeconds(1)));
        }
        return stored;
    }

    private void writeBatch() {
        List<PendingPost> batch = new ArrayList<>();
        queue.drainTo(batch, BATCH);
        if (!batch.isEmpty()) {
            write(batch);
        }
        if (!queue.isEmpty()) {
            task.ring();
        }
    }

    private void write(List<PendingPost> batch) {
        try {
            List<LogEntry> entries = store.append(
                    room,
                    batch.stream().map(PendingPost::draft).toList(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            committed.accept(entries);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).stored().complete(entries.get(i).message());
            }
        } catch (ChatException refusal) {
            if (refusal.kind() == ChatException.Kind.FORBIDDEN && batch.size() > 1) {
                // One of them is muted or has left, which is nothing to the others.
                writeByHalves(batch);
                return;
            }
            batch.forEach(waiting -> waiting.stored().completeExceptionally(refusal));
        } catch (Throwable e) {
            if (batch.size() > 1) {
                // One of them cannot be stored; that must not cost the others theirs.
                writeByHalves(batch);
            } else {
                log.error("A message to room {} could not be stored", room, e);
                batch.get(0)
                        .stored()
                        .completeExceptionally(new ChatException(
                                ChatException.Kind.FAILED,
                                "The message could not be stored. It has been written down."));
            }
        }
    }

    /** Finds the one in a few steps, and keeps the order. */
    private void writeByHalves(List<PendingPost> batch) {
        int half = batch.size() / 2;
        write(batch.subList(0, half));
        write(batch.subList(half, batch.size()));
    }
}
