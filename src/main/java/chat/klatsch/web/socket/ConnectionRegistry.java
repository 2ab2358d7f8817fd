package chat.klatsch.web.socket;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.core.ReaderStyle;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.live.Connection;
import chat.klatsch.live.Frame;
import chat.klatsch.room.MembershipService;
import chat.klatsch.text.Text;
import chat.klatsch.text.Texts;
import chat.klatsch.web.host.Recheck;
import chat.klatsch.web.http.Network;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Site;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open WebSockets of this node. Counts them against the limits and sends each a heartbeat; a page that misses it
 * shows that the connection is lost. Some heartbeats come with a ping, and a connection on which not even pongs arrive is
 * cut. Thread-safe.
 */
public final class ConnectionRegistry {
    private static final int HEARTBEATS_PER_PING = 4;
    private static final int MAX_SILENT_PINGS = 2;

    /** The longest time for which a connection outlives its session, and until the store is asked again. */
    private static final Duration DUE_CHECK = Duration.ofSeconds(1);

    private record Registration(Network network, Activity activity) {}

    /** The bytes received up to the last ping. Confined to the timer. */
    private static final class Activity {
        long bytesIn;
        int silentPings;
    }

    private static final Logger log = LoggerFactory.getLogger(ConnectionRegistry.class);

    private final Limits limits;
    private final ScheduledExecutorService timer;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<SendQueue, Registration> connections = new ConcurrentHashMap<>();
    private final ConnectionCounts<UserId> byUser = new ConnectionCounts<>();
    private final ConnectionCounts<Network> byNetwork = new ConnectionCounts<>();
    private final Map<Texts, Frame> heartbeats;
    private final SocketMetrics metrics;
    private final AccessRevocation accessRevocation;
    private long beats;
    private volatile boolean isShutDown;

    /** @param waiting runs what may wait for long, such as code of the host */
    public ConnectionRegistry(
            Limits limits,
            HeartbeatSettings settings,
            AccountService accounts,
            MembershipService memberships,
            EventBus bus,
            Site site,
            Executor executor,
            Executor waiting,
            ScheduledExecutorService timer,
            MeterRegistry meters) {
        this.limits = limits;
        this.heartbeats = site.languages().all().stream()
                .collect(Collectors.toMap(Function.identity(), texts -> heartbeat(site.in(texts))));
        this.metrics = new SocketMetrics(meters, connections);
        this.timer = timer;
        this.accessRevocation =
                new AccessRevocation(connections.keySet(), accounts, memberships, executor, waiting, site);
        bus.subscribe(accessRevocation);
        repeat(settings.heartbeat(), this::sendHeartbeats);
        repeat(settings.accessCheck(), accessRevocation::checkAll);
        repeat(DUE_CHECK, accessRevocation::checkDue);
    }

    private static Frame heartbeat(Site site) {
        return TextFrame.of(
                new StaticTemplates().roomConnection(site, true, true).render());
    }

    private void repeat(Duration interval, Runnable work) {
        timer.scheduleAtFixedRate(work, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @throws ChatException TOO_MANY if one more connection would exceed a limit */
    void checkLimits(UserId user, Network network) {
        if (exceeded(total.get() + 1, byUser.of(user) + 1, byNetwork.of(network) + 1)) {
            throw new ChatException(
                    ChatException.Kind.TOO_MANY, new Text("refusal.connections"), Duration.ofSeconds(10));
        }
    }

    /** Returns the number of events so far that may have revoked a user's access. */
    long revocations() {
        return accessRevocation.count();
    }

    SendQueue createSendQueue(
            WebSocketSession socket,
            Optional<RoomId> room,
            Session session,
            ReaderStyle readerStyle,
            boolean embedded,
            Optional<Recheck> recheck) {
        return new SendQueue(socket, room, session, readerStyle, embedded, recheck, timer, metrics);
    }

    /** Registers a connection. Of several admitted at the same time, those over a limit are closed here. */
    void add(SendQueue connection, Network network) {
        connections.put(connection, new Registration(network, new Activity()));
        int ofUser = byUser.add(connection.user().id());
        int fromNetwork = byNetwork.add(network);
        if (exceeded(total.incrementAndGet(), ofUser, fromNetwork)) {
            connection.end(Connection.CloseReason.TOO_MANY);
        }
        if (isShutDown) {
            // It was admitted before the shutdown and is registered after it.
            connection.end(Connection.CloseReason.SHUTDOWN);
        }
        connection.offer(heartbeats.get(connection.readerStyle().texts()));
    }

    void remove(SendQueue connection) {
        Registration removed = connections.remove(connection);
        if (removed != null) {
            total.decrementAndGet();
            byUser.remove(connection.user().id());
            byNetwork.remove(removed.network());
        }
    }

    private boolean exceeded(int total, int ofUser, int fromNetwork) {
        return limits.exceeded(Limit.CONNECTIONS, total)
                || limits.exceeded(Limit.CONNECTIONS_PER_USER, ofUser)
                || limits.exceeded(Limit.CONNECTIONS_PER_ADDRESS, fromNetwork);
    }

    public int count() {
        return total.get();
    }

    public boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Closes all connections, and every one that opens later. */
    public void closeAll() {
        isShutDown = true;
        connections.keySet().forEach(connection -> connection.end(Connection.CloseReason.SHUTDOWN));
    }

    private void sendHeartbeats() {
        boolean withPing = ++beats % HEARTBEATS_PER_PING == 0;
        connections.forEach((connection, registration) -> {
            try {
                connection.offer(heartbeats.get(connection.readerStyle().texts()));
                if (withPing) {
                    ping(connection, registration.activity());
                }
            } catch (RuntimeException e) {
                log.warn("Cutting a connection whose heartbeat failed", e);
                connection.cut();
            }
        });
    }

    private static void ping(SendQueue connection, Activity activity) {
        long bytesIn = connection.bytesIn();
        activity.silentPings = bytesIn == activity.bytesIn ? activity.silentPings + 1 : 0;
        activity.bytesIn = bytesIn;
        if (activity.silentPings >= MAX_SILENT_PINGS) {
            connection.cut();
        } else {
            connection.ping();
        }
    }
}
