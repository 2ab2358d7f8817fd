package chat.klatsch;

import chat.klatsch.web.IdentityHeader;
import chat.klatsch.web.MountHandler;
import chat.klatsch.web.MountedServer;
import io.javalin.config.JavalinState;
import io.javalin.plugin.Plugin;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.jspecify.annotations.Nullable;

/**
 * The chat below a path of a Javalin app, with the app's port, context path, session and users.
 *
 * <pre>{@code
 * config.registerPlugin(new KlatschPlugin(chat -> {
 *     chat.path("/chat");
 *     chat.users(request -> userOf(request.getSession(false)), "/login");
 * }));
 * }</pre>
 *
 * The chat starts and stops with the app. The host and the port in its settings have no effect. Thread-safe once started.
 */
public final class KlatschPlugin extends Plugin<ChatConfig> {
    private final MountHandler handler = new MountHandler();
    private volatile @Nullable ChatServer chat;

    /** @throws IllegalArgumentException for an invalid setting */
    public KlatschPlugin(Consumer<ChatConfig> settings) {
        super(settings, new ChatConfig());
    }

    /** @throws IllegalStateException if the settings do not say who the users are, or where the chat is */
    @Override
    public void onInitialize(JavalinState app) {
        if (pluginConfig.users.login().isEmpty()) {
            throw new IllegalStateException("the chat does not start without chat.users(…), which tells who may enter");
        }
        if (pluginConfig.basePath.isEmpty()) {
            throw new IllegalStateException("the chat needs a path of its own, such as chat.path(\"/chat\")");
        }
        app.jetty.modifyServletContextHandler(context -> start(app, context));
        app.events.serverStarting(() -> insertHandler(app));
        app.events.serverStartFailed(this::close);
        app.events.serverStopping(this::leave);
        app.events.serverStopped(this::close);
        app.events.serverStopFailed(this::close);
    }

    private void start(JavalinState app, ServletContextHandler context) {
        requireFree(app, pluginConfig.basePath);
        Optional<IdentityHeader> identity = pluginConfig.users.identityHeader(pluginConfig.trustedProxies);
        if (!context.getContextPath().equals("/")) {
            pluginConfig.basePath(context.getContextPath() + pluginConfig.basePath);
        }
        chat = new ChatServer(
                pluginConfig,
                (site, services, connections, metrics) -> new MountedServer(
                        context,
                        handler,
                        site,
                        pluginConfig.trustedProxies,
                        identity,
                        pluginConfig.limits,
                        services,
                        connections,
                        metrics,
                        pluginConfig.drain));
    }

    /** Puts the handler in front of all that the app has put there. */
    private void insertHandler(JavalinState app) {
        Objects.requireNonNull(app.jettyInternal.server).insertHandler(handler);
    }

    /** @throws IllegalStateException if the app has a route at the chat's path or below it */
    private static void requireFree(JavalinState app, String path) {
        Stream<String> routes = Stream.concat(
                app.internalRouter.allHttpHandlers().stream()
                        .filter(handler -> handler.endpoint.method.isHttpMethod())
                        .map(handler -> handler.endpoint.path),
                app.internalRouter.allWsHandlers().stream().map(handler -> handler.getPath()));
        routes.filter(route -> route.equals(path) || route.startsWith(path + "/"))
                .findFirst()
                .ifPresent(route -> {
                    throw new IllegalStateException("the app has a route " + route + " below the path of the chat");
                });
    }

    /** Creates, finds and changes rooms. @throws IllegalStateException unless the app has started */
    public Rooms rooms() {
        return started().rooms();
    }

    /** Posts, reads and deletes messages. @throws IllegalStateException unless the app has started */
    public Messages messages() {
        return started().messages();
    }

    /** Finds, bans and deletes people, and tells who is online. @throws IllegalStateException unless the app has started */
    public People people() {
        return started().people();
    }

    /** Tells what happens in the rooms. @throws IllegalStateException unless the app has started */
    public Events events() {
        return started().events();
    }

    private ChatServer started() {
        ChatServer started = chat;
        if (started == null) {
            throw new IllegalStateException("the chat starts with the app");
        }
        return started;
    }

    private void leave() {
        ChatServer started = chat;
        if (started != null) {
            started.leave();
        }
    }

    private void close() {
        ChatServer started = chat;
        if (started != null) {
            started.close();
        }
    }
}
