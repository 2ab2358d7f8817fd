package chat.klatsch.web;

import chat.klatsch.core.Limits;
import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.http.MetricsPage;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.socket.FrameBudget;
import chat.klatsch.web.socket.HandshakeCleanup;
import chat.klatsch.web.view.Site;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** A chat below a path of a host's server, which has a Javalin app, routes and errors of its own. Thread-safe. */
public final class MountedServer implements WebHost {
    /** The time in which clients answer the close of their connection, before the host's server cuts them. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(20);

    private final Site site;
    private final HealthChecks health;
    private final ConnectionRegistry connections;
    private final Duration drain;

    /**
     * @param context the host's, which has not started yet
     * @param handler in front of the context
     * @param drain the time for which the chat is unready before it closes open connections
     */
    public MountedServer(
            ServletContextHandler context,
            MountHandler handler,
            Site site,
            TrustedProxies proxies,
            Optional<IdentityHeader> identity,
            Limits limits,
            Services services,
            ConnectionRegistry connections,
            Optional<MetricsPage> metrics,
            Duration drain) {
        this.site = site;
        this.health = new HealthChecks(services.rooms()::isReady);
        this.connections = connections;
        this.drain = drain;
        Javalin app = Javalin.create(config -> configure(config, limits, services, metrics));
        String contextPath = context.getContextPath().equals("/") ? "" : context.getContextPath();
        String below = site.basePath().substring(contextPath.length()) + "/*";
        FilterHolder handshake = new FilterHolder(new HandshakeCleanup());
        handshake.setAsyncSupported(true);
        context.addFilter(handshake, below, EnumSet.of(DispatcherType.REQUEST));
        ServletHolder servlet = new ServletHolder(new MountedServlet(app.javalinServlet(), site));
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, below);
        context.addServletContainerInitializer((classes, servletContext) -> FrameBudget.install(
                JettyWebSocketServerContainer.ensureContainer(servletContext),
                WebSocketServerComponents.getWebSocketComponents(context),
                MountHandler::covers));
        handler.mount(site, limits, proxies, identity);
    }

    private void configure(JavalinConfig config, Limits limits, Services services, Optional<MetricsPage> metrics) {
        AppSettings.configure(config, site);
        JettySettings.configureSockets(config.jetty, limits);
        new Routes(config, site, limits, services).add(connections, health, metrics);
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public String url() {
        return site.publicHome().orElseGet(() -> site.path("/"));
    }

    @Override
    public boolean isStopping() {
        return health.isStopping();
    }

    @Override
    public void close() {
        WebHost.leave(health, connections, drain);
        for (Duration waited = Duration.ZERO;
                !connections.isEmpty() && waited.compareTo(FAREWELL) < 0;
                waited = waited.plus(POLL)) {
            WebHost.pause(POLL);
        }
    }
}
