package chat.klatsch.web.socket;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.inbox.InboxView;
import chat.klatsch.inbox.SeenRange;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.live.Connection;
import chat.klatsch.message.Draft;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Site;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One open WebSocket, of a room or of the room list alone: does what the client's messages ask for, within an abuse budget.
 * Thread-safe: the connection may close on one thread while it enters the room on another.
 */
final class SocketSession {
    /** Every message but an accepted post costs tokens; a client that has none left is disconnected. */
    private static final int ABUSE_BUDGET = 200;

    private static final int ABUSE_REFILL_PER_SECOND = 20;

    /** The tenth malformed message within a minute ends the connection. */
    private static final int MALFORMED_PER_MINUTE = 9;

    private enum State {
        OPENED,
        ENTERED,
        CLOSED
    }

    private final Optional<Room> room;
    private final SendQueue sendQueue;
    private final ChatRoomService rooms;
    private final InboxService inboxes;
    private final RateLimiter posts;
    private final StaticTemplates templates;
    private final Site site;
    private SeenRange seen = SeenRange.upTo(0);
    private final AtomicReference<@Nullable InboxView> inbox = new AtomicReference<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.OPENED);
    private final Bucket abuseBudget = Bucket.builder()
            .addLimit(
                    limit -> limit.capacity(ABUSE_BUDGET).refillGreedy(ABUSE_REFILL_PER_SECOND, Duration.ofSeconds(1)))
            .build();
    private final SlidingLimit malformed = new SlidingLimit(MALFORMED_PER_MINUTE, Duration.ofMinutes(1));

    SocketSession(
            Optional<Room> room,
            SendQueue sendQueue,
            ChatRoomService rooms,
            InboxService inboxes,
            RateLimiter posts,
            StaticTemplates templates,
            Site site) {
        this.room = room;
        this.sendQueue = sendQueue;
        this.rooms = rooms;
        this.inboxes = inboxes;
        this.posts = posts;
        this.templates = templates;
        this.site = site;
    }

    SendQueue sendQueue() {
        return sendQueue;
    }

    /** Subscribes to the room, once, unless the connection has closed. */
    void enter(OptionalLong after) {
        enter(after, OptionalLong.empty());
    }

    private void enter(OptionalLong after, OptionalLong named) {
        if (state.get() == State.OPENED) {
            Room entered = room();
            rooms.enter(entered, sendQueue, after, named);
            if (!state.compareAndSet(State.OPENED, State.ENTERED)) {
                rooms.leave(entered, sendQueue);
            }
        }
    }

    /** Answers a message that cannot be handled with a notice. */
    void onMessage(String text) {
        try {
            ClientMessage.parse(text).applyTo(this);
        } catch (RuntimeException failure) {
            refuse(failure);
        }
    }

    void post(String body, String key, OptionalLong replyTo) {
        posts.take(sendQueue.user().id());
        rooms.post(room(), new Draft(sendQueue.user(), body, key, replyTo)).whenComplete((message, failure) -> {
            if (failure != null) {
                refuse(failure);
            }
        });
    }

    void resume(long after, @Nullable String listed, OptionalLong named) {
        charge();
        enter(OptionalLong.of(after), named);
        if (listed != null) {
            openInbox(new InboxView(sendQueue, page(room()), listed));
        }
    }

    /** Keeps the room list of a page up to date that shows no room, or older messages of one. */
    void watch(InboxView.Page page, String listed) {
        charge();
        openInbox(new InboxView(sendQueue, room.map(this::page).orElse(page), listed));
    }

    /** @throws ChatException MALFORMED if the connection is for the room list alone */
    private Room room() {
        return room.orElseThrow(() -> new ChatException(ChatException.Kind.MALFORMED, "refusal.list.connection"));
    }

    private InboxView.Page page(Room shown) {
        return InboxView.Page.of(shown, site.texts(), sendQueue.isEmbedded());
    }

    private void openInbox(InboxView opened) {
        if (state.get() != State.CLOSED && inbox.compareAndSet(null, opened)) {
            inboxes.open(opened);
            if (state.get() == State.CLOSED) {
                inboxes.close(opened);
            }
        }
    }

    /** Joins what is seen to what was seen before, so that a reader who scrolls up to unread messages reads all of them. */
    void read(SeenRange range) {
        charge();
        SeenRange joined = seen.then(range);
        if (!joined.equals(seen)) {
            RoomId shown = room().id();
            seen = joined;
            inboxes.markRead(shown, sendQueue.user(), seen);
        }
    }

    void typing() {
        charge();
        rooms.onTyping(room(), sendQueue.user());
    }

    void close() {
        if (state.getAndSet(State.CLOSED) == State.ENTERED) {
            room.ifPresent(left -> rooms.leave(left, sendQueue));
        }
        @Nullable InboxView opened = inbox.get();
        if (opened != null) {
            inboxes.close(opened);
        }
    }

    private void refuse(Throwable failure) {
        ChatException refusal = ErrorResponses.explain(failure);
        sendQueue.offer(
                TextFrame.of(templates.roomNotice(site.text(refusal.text())).render()));
        charge();
        if (refusal.kind() == ChatException.Kind.MALFORMED) {
            endUnless(malformed.take(System.nanoTime()));
        }
    }

    private void charge() {
        endUnless(abuseBudget.tryConsume(1));
    }

    private void endUnless(boolean allowed) {
        if (!allowed) {
            sendQueue.end(Connection.CloseReason.ABUSIVE);
        }
    }
}
