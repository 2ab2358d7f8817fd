package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageStore;
import chat.klatsch.text.Text;
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
 * Writes the waiting posts of one room in one transaction (group commit): the higher the load, the larger the batch and
 * the cheaper each message. Posts keep their order. Thread-safe.
 */
final class PostQueue {
    private static final Logger log = LoggerFactory.getLogger(PostQueue.class);
    private static final int MAX_BATCH = 256;
    private static final int MAX_WAITING = 4_096;

    private record PendingPost(Draft draft, CompletableFuture<Message> stored) {}

    private final RoomId room;
    private final MessageStore store;
    private final Clock clock;
    private final Consumer<List<LogEntry>> onCommitted;
    private final BlockingQueue<PendingPost> queue = new LinkedBlockingQueue<>(MAX_WAITING);
    private final SerialTask task;

    /** @param onCommitted receives each batch after its commit and before its authors do */
    PostQueue(RoomId room, LiveRoomContext context, Consumer<List<LogEntry>> onCommitted) {
        this.room = room;
        this.store = context.store();
        this.clock = context.clock();
        this.onCommitted = onCommitted;
        this.task = context.task(this::writeBatch);
    }

    /** Completes with the message once it is durable, or with a {@link ChatException}. */
    CompletableFuture<Message> add(Draft draft) {
        CompletableFuture<Message> stored = new CompletableFuture<>();
        if (queue.offer(new PendingPost(draft, stored))) {
            task.wake();
        } else {
            stored.completeExceptionally(new ChatException(
                    ChatException.Kind.UNAVAILABLE, new Text("refusal.posts"), Duration.ofSeconds(1)));
        }
        return stored;
    }

    private void writeBatch() {
        List<PendingPost> batch = new ArrayList<>();
        queue.drainTo(batch, MAX_BATCH);
        if (!batch.isEmpty()) {
            write(batch);
        }
        if (!queue.isEmpty()) {
            task.wake();
        }
    }

    private void write(List<PendingPost> batch) {
        try {
            List<LogEntry> entries = store.append(
                    room,
                    batch.stream().map(PendingPost::draft).toList(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            onCommitted.accept(entries);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).stored().complete(entries.get(i).message());
            }
        } catch (ChatException refusal) {
            if (refusal.kind() == ChatException.Kind.FORBIDDEN && batch.size() > 1) {
                // One author is muted or has left; the others' posts are still accepted.
                writeByHalves(batch);
            } else {
                batch.forEach(post -> post.stored().completeExceptionally(refusal));
            }
        } catch (Throwable e) {
            if (batch.size() > 1) {
                // One post cannot be stored; the others still can.
                writeByHalves(batch);
            } else {
                log.error("A message to room {} could not be stored", room, e);
                batch.get(0)
                        .stored()
                        .completeExceptionally(new ChatException(ChatException.Kind.FAILED, "refusal.post.failed"));
            }
        }
    }

    /** Isolates the failing post in a logarithmic number of steps and keeps the order. */
    private void writeByHalves(List<PendingPost> batch) {
        int half = batch.size() / 2;
        write(batch.subList(0, half));
        write(batch.subList(half, batch.size()));
    }
}
