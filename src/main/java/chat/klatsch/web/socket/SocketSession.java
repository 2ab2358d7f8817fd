package chat.klatsch.web.socket;

import chat.klatsch.core.ChatException;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.inbox.InboxView;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.live.Connection;
import chat.klatsch.room.Room;
import chat.klatsch.web.templates.StaticTemplates;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One open WebSocket: the room it leads to, how far it has come on its way in, and how much nonsense it may still send.
 * Thread-safe: a connection may close on one thread while it enters on another.
 */
final class SocketSession {
    /** What a client may send in vain, or without saying anything, before it is taken for abusive: so much at once… */
    private static final int ABUSE_BUDGET = 200;

    /** … and so much more each second. */
    private static final int ABUSE_REFILL_PER_SECOND = 20;

    private static final int COST_OF_NONSENSE = 10;

    private enum State {
        OPENED,
        ENTERED,
        CLOSED
    }

    private final Room room;
    private final SendQueue sendQueue;
    private final ChatRoomService rooms;
    private final InboxService inboxes;
    private final AtomicReference<@Nullable InboxView> screen = new AtomicReference<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.OPENED);
    private final Bucket patience = Bucket.builder()
            .addLimit(
                    limit -> limit.capacity(ABUSE_BUDGET).refillGreedy(ABUSE_REFILL_PER_SECOND, Duration.ofSeconds(1)))
            .build();

    SocketSession(Room room, SendQueue sendQueue, ChatRoomService rooms, InboxService inboxes) {
        this.room = room;
        this.sendQueue = sendQueue;
        this.rooms = rooms;
        this.inboxes = inboxes;
    }

    Room room() {
        return room;
    }

    SendQueue sendQueue() {
        return sendQueue;
    }

    /** Lets it into the room: once, and not when it has closed meanwhile. */
    void enter(OptionalLong after) {
        if (state.get() == State.OPENED) {
            rooms.enter(room, sendQueue, after);
            if (!state.compareAndSet(State.OPENED, State.ENTERED)) {
                rooms.leave(room, sendQueue);
            }
        }
    }

    /** Keeps the list of the person's rooms up to date that stands beside the room, once it has entered. */
    void list(String listed) {
        InboxView opened = new InboxView(sendQueue, room, listed);
        if (state.get() == State.ENTERED && screen.compareAndSet(null, opened)) {
            inboxes.open(opened);
            if (state.get() == State.CLOSED) {
                inboxes.close(opened);
            }
        }
    }

    /** The person has seen the room up to this message. */
    void read(long seq) {
        inboxes.read(room.id(), sendQueue.user(), seq);
    }

    void close() {
        if (state.getAndSet(State.CLOSED) == State.ENTERED) {
            rooms.leave(room, sendQueue);
            @Nullable InboxView opened = screen.get();
            if (opened != null) {
                inboxes.close(opened);
            }
        }
    }

    /** Says no to this person alone. */
    void refuse(ChatException refusal, StaticTemplates templates) {
        sendQueue.offer(TextFrame.of(templates.roomNotice(refusal.reason()).render()));
        tire(refusal.kind() == ChatException.Kind.MALFORMED ? COST_OF_NONSENSE : 1);
    }

    /** A client that keeps sending what comes to nothing is sent away. */
    void tire(int cost) {
        if (!patience.tryConsume(cost)) {
            sendQueue.end(Connection.CloseReason.ABUSIVE);
        }
    }
}
