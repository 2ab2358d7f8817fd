package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Java program that listens to a room: it is told every message once, in order, one at a time. Thread-safe; the
 * program may take its time, which nobody else notices.
 */
final class JavaListener {
    private static final Logger log = LoggerFactory.getLogger(JavaListener.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int PAGE = 100;

    private final RoomId room;
    private final MessageStore store;
    private final Clock clock;
    private final Consumer<Message> listener;
    private final SerialTask task;
    private final WakeUpTimer timer;
    private volatile long told;
    private final AtomicLong heard = new AtomicLong();
    private volatile boolean closed;

    /** Begins after what the room holds now. @throws ChatException NOT_FOUND when there is no such room */
    JavaListener(RoomId room, LiveRoomContext liveRoomContext, Consumer<Message> listener) {
        this.room = room;
        this.store = liveRoomContext.store();
        this.clock = liveRoomContext.clock();
        this.listener = listener;
        this.task = liveRoomContext.task(this::run);
        this.timer = liveRoomContext.timer(task::ring);
        this.told = store.lastSeq(room);
    }

    /** Asks the store, once, whatever has been heard. */
    void look() {
        task.ring();
    }

    /** The room has come to this version. */
    void hear(long version) {
        if (heard.getAndAccumulate(version, Math::max) < version) {
            task.ring();
        }
    }

    /** No message is told any more, but for one that is being told. */
    void close() {
        closed = true;
    }

    private void run() {
        try {
            List<LogEntry> news;
            do {
                news = store.after(room, told, PAGE);
                news.forEach(entry -> tell(entry.message()));
            } while (!news.isEmpty() && !closed);
        } catch (ChatException unavailable) {
            timer.setFor(clock.instant().plus(RETRY));
        }
    }

    private void tell(Message message) {
        if (closed) {
            return;
        }
        told = message.seq();
        try {
            if (!message.isDeleted()) {
                listener.accept(message);
            }
        } catch (RuntimeException e) {
            log.error("A listener failed on message {} of room {}", message.seq(), message.room(), e);
        }
    }
}
