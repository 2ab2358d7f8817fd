package chat.klatsch.web.connection;

import chat.klatsch.web.http.Network;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The connections that carry requests. Those whose clients are too slow are closed. When a network has more than its
 * share, one makes room for the new one: preferably one whose last request has been refused, and otherwise the one that has
 * waited the longest for its client. Thread-safe.
 */
public final class HttpConnections extends AbstractLifeCycle implements HttpConfiguration.Customizer {
    /** The most connections of a network, with those that wait for the server, as a multiple of its share. */
    private static final int MAX_SHARES = 2;

    /** Connections whose last request was refused come first, then those that have waited the longest for their client. */
    private static final Comparator<HttpEndPoint> FIRST_TO_END =
            Comparator.comparing(HttpEndPoint::isRefused).reversed().thenComparingLong(HttpEndPoint::waitingSince);

    private final RequestDeadlines deadlines;
    private final int share;
    private final Predicate<InetAddress> unlimited;
    private final ByteBuffer timeoutResponse;
    private final Map<HttpEndPoint, Optional<Network>> all = new ConcurrentHashMap<>();
    private final Map<Network, Set<HttpEndPoint>> byNetwork = new ConcurrentHashMap<>();
    private final Scheduler scheduler;

    /**
     * @param share the connections of one network; 0 for no limit
     * @param unlimited whether a peer's connections are not limited, as they are a proxy's
     * @param timeoutResponse what is sent before a connection is closed in the middle of a request
     */
    public HttpConnections(
            Scheduler scheduler,
            RequestDeadlines deadlines,
            int share,
            Predicate<InetAddress> unlimited,
            ByteBuffer timeoutResponse) {
        this.scheduler = scheduler;
        this.deadlines = deadlines;
        this.share = share;
        this.unlimited = unlimited;
        this.timeoutResponse = timeoutResponse;
    }

    /** Follows a request whose head is complete to the end of its response. */
    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        HttpEndPoint.progress(request).ifPresent(progress -> {
            progress.enter(RequestProgress.Phase.HANDLED, System.nanoTime());
            Request.addCompletionListener(
                    request, failure -> progress.enter(RequestProgress.Phase.IDLE, System.nanoTime()));
        });
        return request;
    }

    void add(HttpEndPoint connection) {
        Optional<Network> limited = Optional.ofNullable(connection.peer())
                .filter(peer -> share > 0 && !unlimited.test(peer))
                .map(Network::of);
        all.put(connection, limited);
        limited.ifPresent(key -> {
            Set<HttpEndPoint> ofNetwork = byNetwork.compute(key, (network, present) -> {
                Set<HttpEndPoint> members = present == null ? ConcurrentHashMap.newKeySet() : present;
                members.add(connection);
                return members;
            });
            if (ofNetwork.size() > share) {
                makeRoom(ofNetwork);
            }
        });
    }

    private void makeRoom(Set<HttpEndPoint> ofNetwork) {
        List<HttpEndPoint> waiting =
                ofNetwork.stream().filter(HttpEndPoint::isWaiting).toList();
        if (waiting.size() > share || ofNetwork.size() > MAX_SHARES * share) {
            waiting.stream().min(FIRST_TO_END).ifPresent(HttpEndPoint::end);
        }
    }

    void remove(HttpEndPoint connection) {
        Optional<Network> limited = Objects.requireNonNullElse(all.remove(connection), Optional.empty());
        limited.ifPresent(key -> byNetwork.computeIfPresent(key, (network, members) -> {
            members.remove(connection);
            return members.isEmpty() ? null : members;
        }));
    }

    ByteBuffer timeoutResponse() {
        return timeoutResponse.asReadOnlyBuffer();
    }

    @Override
    protected void doStart() {
        check();
    }

    private void check() {
        long now = System.nanoTime();
        try {
            all.keySet().forEach(connection -> connection.endIfLate(deadlines, now));
        } finally {
            if (isRunning()) {
                scheduler.schedule(this::check, deadlines.check().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
