package chat.klatsch.web;

import chat.klatsch.account.Accounts;
import chat.klatsch.room.ChatException;
import chat.klatsch.room.ChatRoomService;
import chat.klatsch.room.Limit;
import chat.klatsch.room.Limits;
import chat.klatsch.web.account.AccountPages;
import chat.klatsch.web.account.SignIns;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** The chat's web server: one Javalin app, and the table of its routes. */
public final class WebServer implements AutoCloseable {
    private static final int FRAME_BYTES = 64 * 1024;
    private static final Duration STOPPING = Duration.ofSeconds(3);

    private final Site site;
    private final Errors errors;
    private final CrossSite crossSite;
    private final AccountPages accountPages;
    private final RoomPages roomPages;
    private final RoomSocket roomSocket;
    private final People people;
    private final Connections connections;
    private final Limits limits;
    private final Javalin javalin;

    public WebServer(
            String host,
            int port,
            Site site,
            Limits limits,
            Accounts accounts,
            ChatRoomService rooms,
            ScheduledExecutorService timer) {
        this.site = site;
        this.limits = limits;
        SignIns signIns = new SignIns(accounts, site.isSecure(), site.basePath());
        RateLimit posting = new RateLimit(
                "You are writing faster than anyone can read. Please wait a moment.",
                limits.of(Limit.POSTS_PER_MINUTE),
                limits.of(Limit.POST_BURST));
        RateLimit failedSignIns = new RateLimit(
                "Too many wrong passwords. Please wait a minute.",
                limits.of(Limit.FAILED_SIGN_INS_PER_MINUTE),
                limits.of(Limit.FAILED_SIGN_INS_PER_MINUTE));
        this.errors = new Errors(site);
        this.crossSite = new CrossSite(site);
        this.connections = new Connections(limits, timer);
        this.accountPages = new AccountPages(accounts, signIns, failedSignIns, site);
        this.roomPages = new RoomPages(rooms, signIns, posting, site);
        this.roomSocket = new RoomSocket(rooms, signIns, crossSite, connections, posting, timer);
        this.people = new People();
        this.javalin = Javalin.create(this::configure).start(host, port);
    }

    public int port() {
        return javalin.port();
    }

    /** Sends the clients away in a way that makes them come back, lets requests in flight finish, and stops. */
    @Override
    public void close() {
        connections.endAll();
        javalin.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = "text/html; charset=utf-8";
        config.router.contextPath = site.basePath().isEmpty() ? "/" : site.basePath();
        config.jetty.modifyServer(server -> server.setStopTimeout(STOPPING.toMillis()));
        config.jetty.modifyHttpConfiguration(http -> http.addCustomizer(new SecurityHeaders(site)));
        config.jetty.modifyServletContextHandler(WebServer::withoutCompressionAndSessions);
        config.jetty.modifyWebSocketServletFactory(sockets -> {
            sockets.setIdleTimeout(Duration.ofMinutes(2));
            sockets.setMaxTextMessageSize(Math.max(FRAME_BYTES, 8L * limits.of(Limit.MESSAGE_LENGTH)));
        });
        routes(config.routes);
    }

    private void routes(RoutesConfig routes) {
        routes.before(context -> {
            if (!"GET".equals(context.req().getMethod())
                    && !"HEAD".equals(context.req().getMethod())) {
                crossSite.refuse(context);
            }
        });

        routes.get("/", roomPages::home);
        routes.get("/signup", accountPages::signUpForm);
        routes.post("/signup", accountPages::signUp);
        routes.get("/login", accountPages::signInForm);
        routes.post("/login", accountPages::signIn);
        routes.post("/logout", accountPages::signOut);

        routes.get("/rooms/{room}", roomPages::page);
        routes.get("/rooms/{room}/messages", roomPages::history);
        routes.post("/rooms/{room}/messages", roomPages::post);
        routes.get("/rooms/{room}/composer/{key}", roomPages::composer);
        routes.get("/rooms/{room}/connection", roomPages::connection);
        routes.wsBeforeUpgrade("/rooms/{room}/live", roomSocket::admit);
        routes.ws("/rooms/{room}/live", roomSocket::handlers);

        routes.get("/people/{username}/avatar.svg", people::avatar);
        routes.get("/people/{username}/own.css", people::ownStyle);
        routes.get("/static/{file}", context -> {
            if (!site.assets().serve(context)) {
                throw new NotFoundResponse();
            }
        });
        routes.get(
                "/healthz",
                context -> context.contentType("text/plain; charset=utf-8").result("ok\n"));

        routes.exception(ChatException.class, errors::show);
        routes.exception(HttpResponseException.class, errors::show);
        routes.exception(Exception.class, (failure, context) -> errors.show(Errors.explain(failure), context));
    }

    /**
     * Compressing each frame for each member costs three times the processor time and 100 KB a connection; and who is
     * signed in stands in the database, so servlet sessions, with their cookie, are not needed.
     */
    private static void withoutCompressionAndSessions(ServletContextHandler handler) {
        handler.addServletContainerInitializer(
                (classes, context) -> WebSocketServerComponents.getWebSocketComponents(handler)
                        .getExtensionRegistry()
                        .unregister("permessage-deflate"));
        handler.getSessionHandler().setUsingCookies(false);
    }
}
