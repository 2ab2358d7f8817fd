package chat.klatsch;

import chat.klatsch.core.Version;
import chat.klatsch.mail.SmtpSettings;
import chat.klatsch.metrics.Metrics;
import chat.klatsch.operation.StartLog;
import chat.klatsch.program.Programs;
import chat.klatsch.web.IdentityHeader;
import chat.klatsch.web.Services;
import chat.klatsch.web.WebHost;
import chat.klatsch.web.WebServer;
import chat.klatsch.web.http.MetricsPage;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.view.Site;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A running chat. Thread-safe.
 *
 * <pre>{@code
 * try (ChatServer chat = ChatServer.start(config -> config.port(0))) {
 *     System.out.println(chat.url());
 * }
 * }</pre>
 */
public final class ChatServer implements AutoCloseable {
    private final OpenResources resources;
    private final WebHost web;
    private final Services services;
    private final Programs programs;
    private final Rooms rooms;
    private final Messages messages;
    private final People people;
    private final Events events;
    private final String url;
    private final ConnectionRegistry connections;
    private final StartLog log;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param opener opens the chat to the web, on a port of its own or in a server that runs already */
    ChatServer(ChatConfig config, WebHost.Opener opener) {
        Clock clock = Clock.systemUTC();
        this.resources = OpenResources.open(config, Metrics.in(config.meters), clock);
        WebHost opened = null;
        try {
            Wiring wiring = Wiring.of(config, resources, clock);
            Site site = wiring.site();
            this.services = wiring.services();
            opened = opener.open(site, services, wiring.connections(), metrics(config));
            this.web = opened;
            this.url = web.url();
            wiring.localHome().complete(url);
            String home = site.publicHome().orElse(url);
            if (!site.isHosted()) {
                FirstAccount.announce(services.signUpRules(), home);
            }
            this.programs = wiring.programs();
            this.rooms = new Rooms(programs, services, home);
            this.messages = new Messages(programs.application(), services);
            this.people = new People(programs, services, wiring.hostAccounts(), config.users, home);
            this.events = new Events(programs);
            resources.storage().startBackfill(resources.threads());
            this.connections = wiring.connections();
            this.log = log(config, site);
            log.started();
        } catch (Throwable e) {
            // A library of the host that does not fit throws an Error.
            OpenResources.close(e, opened, resources);
            if (e instanceof RuntimeException failure) {
                throw StartupFailure.ofWeb(failure, config.host, config.port);
            }
            throw e;
        }
    }

    /** Starts a chat with the default of every setting, like {@link #start(Consumer)}. */
    public static ChatServer start() {
        return start(config -> {});
    }

    /**
     * Starts a chat with these settings, and returns once it accepts requests. Waits up to 30 seconds for a database that
     * is not reachable yet. The chat's threads do not keep the JVM running: see {@link #join}.
     *
     * @throws IllegalArgumentException for an invalid setting
     * @throws IllegalStateException if the port is taken, the data directory is in use or the database cannot be opened;
     *     the message is one line for the operator
     */
    public static ChatServer start(Consumer<ChatConfig> settings) {
        ChatConfig config = new ChatConfig();
        settings.accept(config);
        return listen(config);
    }

    private StartLog log(ChatConfig config, Site site) {
        return new StartLog(
                Version.current(),
                config.given,
                resources.storage().database().engine(),
                resources.storage().place(),
                config.redisUrl,
                config.smtp.map(SmtpSettings::host),
                url,
                site.publicHome(),
                FirstAccount.isExposed(config) && !site.isHosted());
    }

    private Optional<MetricsPage> metrics(ChatConfig config) {
        return resources.metrics().page().map(text -> new MetricsPage(text, config.openMetrics));
    }

    private static ChatServer listen(ChatConfig config) {
        Optional<IdentityHeader> identity = config.users.identityHeader(config.trustedProxies);
        return new ChatServer(
                config,
                (site, services, connections, metrics) -> new WebServer(
                        config.host,
                        config.port,
                        site,
                        config.trustedProxies,
                        identity,
                        config.limits,
                        services,
                        connections,
                        config.requestDeadlines,
                        metrics,
                        config.accessLog,
                        config.drain));
    }

    /** The port that the chat listens on. */
    public int port() {
        return web.port();
    }

    /** The URL that the chat listens on, with a trailing slash. Behind a proxy it differs from the public URL. */
    public String url() {
        return url;
    }

    /** Creates, finds and changes rooms. */
    public Rooms rooms() {
        return rooms;
    }

    /** Posts, reads and deletes messages. */
    public Messages messages() {
        return messages;
    }

    /** Finds, bans and deletes people, and tells who is online. */
    public People people() {
        return people;
    }

    /** Tells what happens in the rooms. */
    public Events events() {
        return events;
    }

    /** Closes connections so that clients reconnect, and goes on with requests until {@link #close}. */
    void leave() {
        web.close();
    }

    /** Returns whether the chat serves its users, as {@code /readyz} says. */
    public Health health() {
        if (web.isStopping()) {
            return Health.STOPPING;
        }
        return services.rooms().isReady() ? Health.READY : Health.DATABASE_UNAVAILABLE;
    }

    /** Waits until the chat is closed. For a program that does nothing else, as all threads of the chat are daemons. */
    public void join() throws InterruptedException {
        closed.await();
    }

    /**
     * Finishes requests and calls of listeners in progress, closes connections so that clients reconnect, and stops. A
     * listener that does not end is interrupted after a second. Returns within ten seconds plus the
     * {@linkplain ChatConfig#drain drain time} and leaves no thread, port or file lock behind. Idempotent. From then on,
     * every method of rooms, messages, people and events throws an IllegalStateException.
     */
    @Override
    public void close() {
        int open = connections.count();
        programs.subscriptions().close();
        web.close();
        services.inboxes().close();
        programs.application().close();
        resources.close();
        if (closed.getCount() > 0) {
            log.stopped(open);
        }
        closed.countDown();
    }
}
