package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes each new message of a room to a Java program once, in order, one at a time. Has its own serial task, so a slow
 * program delays nobody else. Thread-safe.
 */
final class JavaListener {
    private static final Logger log = LoggerFactory.getLogger(JavaListener.class);
    private static final int PAGE = 100;

    private final RoomId room;
    private final MessageStore store;
    private final Consumer<Message> action;
    private final SerialTask task;
    private final WakeUpTimer timer;
    private final AtomicLong version = new AtomicLong();
    private volatile long lastSeq;
    private volatile boolean closed;

    /** Starts after the room's last message. @throws ChatException NOT_FOUND if the room does not exist */
    JavaListener(RoomId room, LiveRoomContext context, Consumer<Message> action) {
        this.room = room;
        this.store = context.store();
        this.action = action;
        this.task = context.task(this::run);
        this.timer = context.timer(task::wake);
        this.lastSeq = store.lastSeq(room);
    }

    /** Reads the store once, whatever the known version. */
    void wake() {
        task.wake();
    }

    /** The room has this version, according to the store. */
    void onVersion(long newVersion) {
        if (version.getAndAccumulate(newVersion, Math::max) < newVersion) {
            task.wake();
        }
    }

    /** Ends it; the call that is under way, if any, finishes. */
    void close() {
        closed = true;
    }

    private void run() {
        try {
            List<LogEntry> entries;
            do {
                entries = store.after(room, lastSeq, PAGE);
                entries.forEach(entry -> pass(entry.message()));
            } while (!entries.isEmpty() && !closed);
        } catch (ChatException unavailable) {
            timer.retry();
        }
    }

    private void pass(Message message) {
        if (closed) {
            return;
        }
        lastSeq = message.seq();
        try {
            if (!message.isDeleted()) {
                action.accept(message);
            }
        } catch (RuntimeException e) {
            log.error("A listener failed on message {} of room {}", message.seq(), message.room(), e);
        }
    }
}
