package chat.klatsch.web;

import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.socket.FrameEndPoint;
import chat.klatsch.web.socket.HandshakeCleanup;
import io.javalin.config.JettyConfig;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** What the server below Javalin is told. */
final class JettySettings {
    private static final int FRAME_BYTES = 64 * 1024;

    /** Left to itself, Linux holds four megabytes for a reader who has stalled, and it takes as long to see that they have. */
    private static final int SEND_BYTES = 512 * 1024;

    /** When a server has gone, all its clients come at once; one too many for the queue would try again a second later. */
    private static final int BACKLOG = 4_096;

    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Duration STOPPING = Duration.ofSeconds(3);

    private JettySettings() {}

    static void configure(JettyConfig jetty, TrustedProxies proxies, SecurityHeaders headers, Limits limits) {
        JettyErrorHandler errors = new JettyErrorHandler(headers);
        jetty.modifyServer(server -> {
            server.setStopTimeout(STOPPING.toMillis());
            server.setErrorHandler(errors);
        });
        jetty.addConnector((server, http) -> {
            ServerConnector connector = FrameEndPoint.connector(server, http);
            connector.setHost(jetty.host);
            connector.setPort(jetty.port);
            connector.setAcceptedSendBufferSize(SEND_BYTES);
            connector.setAcceptQueueSize(BACKLOG);
            return connector;
        });
        jetty.modifyHttpConfiguration(http -> {
            http.addCustomizer(proxies);
            http.addCustomizer(headers);
        });
        jetty.modifyServletContextHandler(context -> {
            context.setErrorHandler(errors);
            FilterHolder handshake = new FilterHolder(new HandshakeCleanup());
            handshake.setAsyncSupported(true);
            context.addFilter(handshake, "/*", EnumSet.of(DispatcherType.REQUEST));
            configureWebSockets(context);
        });
        jetty.modifyWebSocketServletFactory(sockets -> {
            sockets.setIdleTimeout(IDLE);
            sockets.setMaxTextMessageSize(Math.max(FRAME_BYTES, 8L * limits.of(Limit.MESSAGE_LENGTH)));
        });
    }

    private static void configureWebSockets(ServletContextHandler handler) {
        handler.addServletContainerInitializer((classes, context) -> {
            WebSocketComponents components = WebSocketServerComponents.getWebSocketComponents(handler);
            // Compressing each frame for each member costs three times the processor time and 100 KB a connection.
            components.getExtensionRegistry().unregister("permessage-deflate");
            HandshakeCleanup.forgottenBy(JettyWebSocketServerContainer.ensureContainer(context), components);
        });
    }
}
