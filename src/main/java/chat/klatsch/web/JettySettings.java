package chat.klatsch.web;

import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.connection.HttpConnections;
import chat.klatsch.web.connection.RequestBodies;
import chat.klatsch.web.connection.RequestDeadlines;
import chat.klatsch.web.connection.RequestTurns;
import chat.klatsch.web.connection.ResponseBodies;
import chat.klatsch.web.http.FormRequests;
import chat.klatsch.web.socket.FrameBudget;
import chat.klatsch.web.socket.FrameEndPoint;
import chat.klatsch.web.socket.HandshakeCleanup;
import chat.klatsch.web.view.Site;
import io.javalin.config.JettyConfig;
import io.javalin.util.ConcurrencyUtil;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** Configures the Jetty server below Javalin. */
final class JettySettings {
    private static final int MIN_THREADS = 8;
    private static final int MAX_THREADS = 250;

    private static final int FRAME_BYTES = 64 * 1024;

    private static final int HEADER_BYTES = 32 * 1024;

    /** By default Linux buffers four megabytes for a stalled reader, which delays its detection. */
    private static final int SEND_BYTES = 512 * 1024;

    /** After a node stops, its clients all reconnect to the others; those beyond the queue would retry a second later. */
    private static final int BACKLOG = 4_096;

    /** The connections that a network may have besides its live ones, as a multiple of these. */
    private static final int SHARE_FACTOR = 4;

    /** A form without its text. */
    private static final int FORM_BYTES = 8 * 1024;

    private static final int BYTES_OF_ENCODED_CHARACTER = 12;

    private static final Pattern SESSION_COOKIE = Pattern.compile("(__Host-)?klatsch");

    /** The most bytes of a body without a permit, and without a session, however long messages may be. */
    private static final int MAX_SMALL = 128 * 1024;

    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private JettySettings() {}

    /** Returns the server that Javalin would make, except that its threads do not keep the JVM running. */
    static Server newServer() {
        ThreadPool threads = ConcurrencyUtil.jettyThreadPool("klatsch-web", MIN_THREADS, MAX_THREADS, true);
        if (threads instanceof QueuedThreadPool platformThreads) {
            platformThreads.setDaemon(true);
        }
        Server server = new Server(threads, new ScheduledExecutorScheduler("klatsch-web-timer", true), null);
        server.addBean(new LowResourceMonitor(server));
        // Makes Javalin stop it if it cannot start.
        server.setAttribute("is-default-server", true);
        return server;
    }

    static void configure(
            JettyConfig jetty,
            Site site,
            TrustedProxies proxies,
            Optional<IdentityHeader> identity,
            SecurityHeaders headers,
            Limits limits,
            RequestDeadlines deadlines) {
        JettyErrorHandler errors = new JettyErrorHandler(headers);
        int share = share(limits);
        jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_TIMEOUT.toMillis());
            server.setErrorHandler(errors);
            server.setHandler(new ResponseBodies(requestBodies(site, limits)));
        });
        jetty.addConnector((server, http) -> {
            HttpConnections connections = new HttpConnections(
                    server.getScheduler(), deadlines, share, proxies::contains, headers.timeoutResponse());
            http.getCustomizers().add(0, connections);
            ServerConnector connector = FrameEndPoint.connector(server, http, connections);
            connector.addBean(connections);
            connector.setHost(jetty.host);
            connector.setPort(jetty.port);
            connector.setAcceptedSendBufferSize(SEND_BYTES);
            connector.setAcceptQueueSize(BACKLOG);
            return connector;
        });
        jetty.modifyHttpConfiguration(http -> {
            // Allows for a long text that is pasted into a search.
            http.setRequestHeaderSize(HEADER_BYTES);
            // Javalin accepts ambiguous paths by default, and cannot decode all of them.
            http.setUriCompliance(UriCompliance.RFC3986);
            http.addCustomizer(new StrictRequests());
            identity.ifPresent(http::addCustomizer);
            http.addCustomizer(new ProxyHints(proxies, site.publicHome().isPresent()));
            http.addCustomizer(proxies);
            http.addCustomizer(headers);
            http.addCustomizer(new EmbeddedRequests(site));
            http.addCustomizer(new HeadRequests());
        });
        jetty.modifyServletContextHandler(context -> {
            context.setErrorHandler(errors);
            FilterHolder handshake = new FilterHolder(new HandshakeCleanup());
            handshake.setAsyncSupported(true);
            context.addFilter(handshake, "/*", EnumSet.of(DispatcherType.REQUEST));
            configureWebSockets(context);
        });
        configureSockets(jetty, limits);
    }

    /** Configures the WebSockets of the app alone. */
    static void configureSockets(JettyConfig jetty, Limits limits) {
        jetty.modifyWebSocketServletFactory(sockets -> {
            sockets.setIdleTimeout(IDLE_TIMEOUT);
            sockets.setMaxTextMessageSize(Math.max(FRAME_BYTES, 8L * limits.of(Limit.MESSAGE_LENGTH)));
        });
    }

    /** Returns the connections of one network that may wait for their client; 0 for no limit. */
    private static int share(Limits limits) {
        return SHARE_FACTOR * limits.of(Limit.CONNECTIONS_PER_ADDRESS);
    }

    /** Returns what reads the bodies of requests, so far without a handler behind it. */
    static RequestBodies requestBodies(Site site, Limits limits) {
        int share = share(limits);
        int message = limits.of(Limit.MESSAGE_LENGTH);
        long small = message == 0 ? MAX_SMALL : FORM_BYTES + (long) message * BYTES_OF_ENCODED_CHARACTER;
        String base = site.basePath();
        return new RequestBodies(
                new RequestTurns(JettySettings::session, share == 0 ? Integer.MAX_VALUE : share),
                request -> {
                    String path = Request.getPathInContext(request);
                    return path.startsWith(base) && FormRequests.isUpload(path.substring(base.length()));
                },
                request -> site.isHosted() || session(request).isPresent(),
                FormRequests.BYTES,
                (int) Math.min(small, MAX_SMALL));
    }

    /** Returns the token of the session that a request claims to have. */
    private static Optional<String> session(Request request) {
        return Request.getCookies(request).stream()
                .filter(cookie -> SESSION_COOKIE.matcher(cookie.getName()).matches())
                .map(HttpCookie::getValue)
                .findFirst();
    }

    private static void configureWebSockets(ServletContextHandler handler) {
        handler.addServletContainerInitializer((classes, context) -> {
            WebSocketComponents components = WebSocketServerComponents.getWebSocketComponents(handler);
            // Compression costs three times the CPU time and 100 KB for each connection.
            components.getExtensionRegistry().unregister("permessage-deflate");
            FrameBudget.install(JettyWebSocketServerContainer.ensureContainer(context), components, request -> true);
        });
    }
}
