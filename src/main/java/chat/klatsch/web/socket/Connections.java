package chat.klatsch.web.socket;

import chat.klatsch.account.Accounts;
import chat.klatsch.account.SignedIn;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.live.Connection;
import chat.klatsch.live.Frame;
import chat.klatsch.room.Doorkeeper;
import chat.klatsch.web.templates.StaticTemplates;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open WebSockets of this JVM: counts them against the limits, and keeps them honest. Every few seconds each gets
 * a beat, whose absence makes the page say that the connection is lost, and now and then a ping; one that has sent
 * nothing for a while, not even the answer to a ping, is dead and is cut. Thread-safe.
 */
public final class Connections {
    private static final int BEATS_PER_PING = 4;
    private static final int SILENT_PINGS = 2;

    private record Opened(String address, Pulse pulse) {}

    /** When something last came in. Used by the timer alone. */
    private static final class Pulse {
        long bytesIn;
        int silentPings;
    }

    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    private final Limits limits;
    private final ScheduledExecutorService timer;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<Outbox, Opened> open = new ConcurrentHashMap<>();
    private final Map<UserId, Integer> byUser = new ConcurrentHashMap<>();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Frame beat =
            Frame.of(new StaticTemplates().roomConnection(true, true).render());
    private final Revocation revocation;
    private long beats;

    /** Whether all have been sent away: when the chat goes down, and has said so for as long as it should. */
    private volatile boolean ended;

    public Connections(
            Limits limits,
            Pace pace,
            Accounts accounts,
            Doorkeeper doorkeeper,
            EventBus bus,
            Executor executor,
            ScheduledExecutorService timer) {
        this.limits = limits;
        this.timer = timer;
        this.revocation = new Revocation(open.keySet(), accounts, doorkeeper, executor);
        bus.subscribe(revocation::hear);
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
    Outbox outbox(Session session, RoomId room, SignedIn signedIn) {
        return new Outbox(session, room, signedIn, timer);
    }

    /** Counts it; of those that were let in at the same time, the ones over a limit are sent away again. */
    void opened(Outbox outbox, String address) {
        open.put(outbox, new Opened(address, new Pulse()));
        int ofUser = byUser.merge(outbox.user().id(), 1, Integer::sum);
        int fromAddress = byAddress.merge(address, 1, Integer::sum);
        if (exceeded(total.incrementAndGet(), ofUser, fromAddress)) {
            outbox.end(Connection.Ending.TOO_MANY);
        }
        if (ended) {
            // It was let in before all were sent away, and opens after.
            outbox.end(Connection.Ending.SHUTDOWN);
        }
        outbox.offer(beat);
    }

    void closed(Outbox outbox) {
        Opened opened = open.remove(outbox);
        if (opened != null) {
            total.decrementAndGet();
            byUser.computeIfPresent(outbox.user().id(), (user, count) -> count == 1 ? null : count - 1);
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
        open.keySet().forEach(outbox -> outbox.end(Connection.Ending.SHUTDOWN));
    }

    private void beat() {
        boolean pings = ++beats % BEATS_PER_PING == 0;
        open.forEach((outbox, opened) -> {
            try {
                outbox.offer(beat);
                if (pings) {
                    ping(outbox, opened.pulse());
                }
            } catch (RuntimeException e) {
                log.warn("A connection failed and is cut", e);
                outbox.cut();
            }
        });
    }

    private static void ping(Outbox outbox, Pulse pulse) {
        long bytesIn = outbox.bytesIn();
        pulse.silentPings = bytesIn == pulse.bytesIn ? pulse.silentPings + 1 : 0;
        pulse.bytesIn = bytesIn;
        if (pulse.silentPings >= SILENT_PINGS) {
            outbox.cut();
        } else {
            outbox.ping();
        }
    }
}
