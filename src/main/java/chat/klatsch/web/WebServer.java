package chat.klatsch.web;

import chat.klatsch.core.Limits;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.FormRequests;
import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.view.Site;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chat's web server: one Javalin app. */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);

    /** The level at which a page takes a third of the time of the usual one, and a tenth more room. */
    private static final int QUICK = 3;

    private final Site site;
    private final TrustedProxies proxies;
    private final Routes routes;
    private final HealthChecks health;
    private final ConnectionRegistry connections;
    private final Limits limits;
    private final Duration drain;
    private final Javalin javalin;

    /**
     * @param drain how long it says that it is going down, while there are connections, before it does
     * @throws JavalinException when it cannot listen there
     */
    public WebServer(
            String host,
            int port,
            Site site,
            TrustedProxies proxies,
            Limits limits,
            Services services,
            ConnectionRegistry connections,
            Duration drain) {
        this.site = site;
        this.proxies = proxies;
        this.limits = limits;
        this.connections = connections;
        this.drain = drain;
        this.health = new HealthChecks(services.rooms()::isReady);
        this.routes = new Routes(site, limits, services, connections, health);
        this.javalin = Javalin.create(this::configure).start(host, port);
    }

    public int port() {
        return javalin.port();
    }

    /**
     * Lets balancers know, sends the clients away in a way that makes them come back, to another server if there is one,
     * lets requests in flight finish, and stops.
     */
    @Override
    public void close() {
        health.leave();
        if (!connections.isEmpty()) {
            pause(drain);
        }
        connections.endAll();
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // It has stopped all the same, and what comes after it must, too.
            log.warn("Not all requests ended in time: {}", e.getMessage());
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
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = FormRequests.BYTES;
        config.http.compressionStrategy = new CompressionStrategy(null, new Gzip(QUICK));
        config.http.defaultContentType = "text/html; charset=utf-8";
        config.router.contextPath = site.basePath().isEmpty() ? "/" : site.basePath();
        config.router.javaLangErrorHandler((response, error) -> {
            ErrorResponses.explain(error);
            response.setStatus(500);
        });
        JettySettings.configure(config.jetty, proxies, new SecurityHeaders(site), limits);
        routes.add(config.routes);
    }
}
