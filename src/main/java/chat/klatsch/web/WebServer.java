package chat.klatsch.web;

import chat.klatsch.core.Limits;
import chat.klatsch.web.connection.RequestDeadlines;
import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.http.MetricsPage;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.view.Site;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server: one Javalin app. */
public final class WebServer implements WebHost {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);

    /** The time without progress after which a stopping server closes a connection: the drain time within bounds. */
    private static final long MAX_IDLE_MILLIS = 1_000;

    private static final long MIN_IDLE_MILLIS = 100;

    private final Site site;
    private final TrustedProxies proxies;
    private final Optional<IdentityHeader> identity;
    private final Services services;
    private final HealthChecks health;
    private final ConnectionRegistry connections;
    private final Limits limits;
    private final RequestDeadlines deadlines;
    private final Optional<MetricsPage> metrics;
    private final Optional<AccessLog> accessLog;
    private final Duration drain;
    private final String host;
    private final Javalin javalin;

    /**
     * @param identity the header by which a proxy names the user; empty to read none
     * @param accessLog whether each request is logged
     * @param drain the time for which the server is unready before it closes open connections
     * @throws JavalinException if it cannot bind the port
     */
    public WebServer(
            String host,
            int port,
            Site site,
            TrustedProxies proxies,
            Optional<IdentityHeader> identity,
            Limits limits,
            Services services,
            ConnectionRegistry connections,
            RequestDeadlines deadlines,
            Optional<MetricsPage> metrics,
            boolean accessLog,
            Duration drain) {
        this.site = site;
        this.proxies = proxies;
        this.identity = identity;
        this.limits = limits;
        this.connections = connections;
        this.deadlines = deadlines;
        this.metrics = metrics;
        this.accessLog = accessLog ? Optional.of(new AccessLog()) : Optional.empty();
        this.drain = drain;
        this.health = new HealthChecks(services.rooms()::isReady);
        this.services = services;
        this.host = host;
        this.javalin = Javalin.create(this::configure).start(host, port);
    }

    @Override
    public boolean isStopping() {
        return health.isStopping();
    }

    @Override
    public int port() {
        return javalin.port();
    }

    @Override
    public String url() {
        return site.localHome(host, port());
    }

    /**
     * Becomes unready, waits for load balancers to notice, closes connections with a code on which clients reconnect,
     * completes requests in flight, and stops.
     */
    @Override
    public void close() {
        WebHost.leave(health, connections, drain);
        limitIdleTime();
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // The server has stopped nevertheless, and the caller has more to close.
            log.warn("Some requests did not complete in time: {}", e.getMessage());
        }
    }

    /** Browsers keep connections open for further requests, which a server that drains still expects. */
    private void limitIdleTime() {
        long millis = Math.max(MIN_IDLE_MILLIS, Math.min(drain.toMillis(), MAX_IDLE_MILLIS));
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            ((AbstractConnector) connector).setShutdownIdleTimeout(millis);
        }
    }

    private void configure(JavalinConfig config) {
        AppSettings.configure(config, site);
        config.unsafe.jettyInternal.server = JettySettings.newServer();
        JettySettings.configure(
                config.jetty, site, proxies, identity, new SecurityHeaders(site, true), limits, deadlines);
        accessLog.ifPresent(log -> {
            config.jetty.modifyServer(server -> server.setRequestLog(log));
            log.add(config);
        });
        new Routes(config, site, limits, services).add(connections, health, metrics);
    }
}
