package chat.klatsch.web;

import chat.klatsch.core.Limits;
import chat.klatsch.web.connection.RequestDeadlines;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.FormRequests;
import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.http.MetricsPage;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.view.Site;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server: one Javalin app. */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);

    /** Takes a third of the default level's time for output a tenth larger. */
    private static final int GZIP_LEVEL = 3;

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
    private final Duration drain;
    private final Javalin javalin;

    /**
     * @param identity the header by which a proxy names the user; empty to read none
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
            Duration drain) {
        this.site = site;
        this.proxies = proxies;
        this.identity = identity;
        this.limits = limits;
        this.connections = connections;
        this.deadlines = deadlines;
        this.metrics = metrics;
        this.drain = drain;
        this.health = new HealthChecks(services.rooms()::isReady);
        this.services = services;
        this.javalin = Javalin.create(this::configure).start(host, port);
    }

    /** Returns whether {@link #close} has been called. */
    public boolean isStopping() {
        return health.isStopping();
    }

    public int port() {
        return javalin.port();
    }

    /**
     * Becomes unready, waits for load balancers to notice, closes connections with a code on which clients reconnect,
     * completes requests in flight, and stops.
     */
    @Override
    public void close() {
        health.markStopping();
        if (!connections.isEmpty()) {
            pause(drain);
        }
        connections.closeAll();
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

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        // Pages that are made on virtual threads would keep all other requests from the few threads that carry these.
        config.concurrency.useVirtualThreads = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = FormRequests.BYTES;
        config.http.compressionStrategy = new CompressionStrategy(null, new Gzip(GZIP_LEVEL));
        config.http.defaultContentType = "text/html; charset=utf-8";
        config.router.contextPath = site.basePath().isEmpty() ? "/" : site.basePath();
        config.router.javaLangErrorHandler((response, error) -> {
            ErrorResponses.explain(error);
            response.setStatus(500);
        });
        config.unsafe.jettyInternal.server = JettySettings.newServer();
        JettySettings.configure(config.jetty, site, proxies, identity, new SecurityHeaders(site), limits, deadlines);
        new Routes(config, site, limits, services).add(connections, health, metrics);
    }
}
