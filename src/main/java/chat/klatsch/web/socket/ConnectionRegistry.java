package chat.klatsch.web.socket;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.live.Connection;
import chat.klatsch.live.Frame;
import chat.klatsch.room.MembershipService;
import chat.klatsch.web.templates.StaticTemplates;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open WebSockets of this JVM: counts them against the limits, and keeps them honest. Every few seconds each gets
 * a beat, whose absence makes the page say that the connection is lost, and now and then a ping; one that has sent
 * nothing for a while, not even the answer to a ping, is dead and is cut. Thread-safe.
 */
public final class ConnectionRegistry {
    private static final int BEATS_PER_PING = 4;
    private static final int SILENT_PINGS = 2;

    private record Opened(String address, Pulse pulse) {}

    /** When something last came in. Used by the timer alone. */
    private static final class Pulse {
        long bytesIn;
        int silentPings;
    }

    private static final Logger log = LoggerFactory.getLogger(ConnectionRegistry.class);

    private final Limits limits;
    private final ScheduledExecutorService timer;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<SendQueue, Opened> open = new ConcurrentHashMap<>();
    private final Map<UserId, Integer> byUser = new ConcurrentHashMap<>();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Frame beat =
            TextFrame.of(new StaticTemplates().roomConnection(true, true).render());
    private final AccessRevocation revocation;
    private long beats;

    /** Whether all have been sent away: when the chat goes down, and has said so for as long as it should. */
    private volatile boolean ended;

    public ConnectionRegistry(
            Limits limits,
            HeartbeatSettings pace,
            AccountService accounts,
            MembershipService memberships,
            EventBus bus,
            Executor executor,
            ScheduledExecutorService timer) {
        this.limits = limits;
        this.timer = timer;
        this.revocation = new AccessRevocation(open.keySet(), accounts, memberships, executor);
        bus.subscribe(revocation);
        every(pace.beat(), this::beat);
        every(pace.recheck(), () -> executor.execute(revocation::recheck));
    }

    private void every(Duration time, Runnable work) {
        timer.scheduleAtFixedRate(work, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @throws ChatException TOO_MANY when one more would be over a limit */
    void check(UserId user, String address) {
        if (exceeded(total.get() + 1, byUser.getOrDefault(user, 0) + 1, byAddress.getOrDefault(address, 0) + 1)) {
            throw new ChatException(
                    ChatException.Kind.TOO_MANY,
                    "There are too many open connections. Close a tab and try again.",
                    Duration.ofSeconds(10));
        }
    }

    /** Rises whenever somebody signs out, or who belongs to a room changes. */
    long revocations() {
        return revocation.heard();
    }

    /** The way out of a connection that opens. */
    SendQueue sendQueue(org.eclipse.jetty.websocket.api.Session socket, RoomId room, Session session) {
        return new SendQueue(socket, room, session, timer);
    }

    /** Counts it; of those that were let in at the same time, the ones over a limit are sent away again. */
    void opened(SendQueue sendQueue, String address) {
        open.put(sendQueue, new Opened(address, new Pulse()));
        int ofUser = byUser.merge(sendQueue.user().id(), 1, Integer::sum);
        int fromAddress = byAddress.merge(address, 1, Integer::sum);
        if (exceeded(total.incrementAndGet(), ofUser, fromAddress)) {
            sendQueue.end(Connection.CloseReason.TOO_MANY);
        }
        if (ended) {
            // It was let in before all were sent away, and opens after.
            sendQueue.end(Connection.CloseReason.SHUTDOWN);
        }
        sendQueue.offer(beat);
    }

    void closed(SendQueue sendQueue) {
        Opened opened = open.remove(sendQueue);
        if (opened != null) {
            total.decrementAndGet();
            byUser.computeIfPresent(sendQueue.user().id(), (user, count) -> count == 1 ? null : count - 1);
            byAddress.computeIfPresent(opened.address(), (address, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean exceeded(int total, int ofUser, int fromAddress) {
        return limits.exceeded(Limit.CONNECTIONS, total)
                || limits.exceeded(Limit.CONNECTIONS_PER_USER, ofUser)
                || limits.exceeded(Limit.CONNECTIONS_PER_ADDRESS, fromAddress);
    }

    public boolean isEmpty() {
        return open.isEmpty();
    }

    /** Sends all away, and whoever comes later. */
    public void endAll() {
        ended = true;
        open.keySet().forEach(sendQueue -> sendQueue.end(Connection.CloseReason.SHUTDOWN));
    }

    private void beat() {
        boolean pings = ++beats % BEATS_PER_PING == 0;
        open.forEach((sendQueue, opened) -> {
            try {
                sendQueue.offer(beat);
                if (pings) {
                    ping(sendQueue, opened.pulse());
                }
            } catch (RuntimeException e) {
                log.warn("A connection failed and is cut", e);
                sendQueue.cut();
            }
        });
    }

    private static void ping(SendQueue sendQueue, Pulse pulse) {
        long bytesIn = sendQueue.bytesIn();
        pulse.silentPings = bytesIn == pulse.bytesIn ? pulse.silentPings + 1 : 0;
        pulse.bytesIn = bytesIn;
        if (pulse.silentPings >= SILENT_PINGS) {
            sendQueue.cut();
        } else {
            sendQueue.ping();
        }
    }
}
