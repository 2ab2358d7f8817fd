package chat.klatsch;

import chat.klatsch.account.AccountChanges;
import chat.klatsch.account.AccountEmails;
import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountSettings;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.account.PasswordHasher;
import chat.klatsch.account.PasswordReset;
import chat.klatsch.account.PasswordStrength;
import chat.klatsch.account.SignUpRules;
import chat.klatsch.admin.AdminQueries;
import chat.klatsch.admin.AdminService;
import chat.klatsch.admin.CurrentSiteName;
import chat.klatsch.draft.DraftService;
import chat.klatsch.event.EventBus;
import chat.klatsch.host.HostAccounts;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.MessageService;
import chat.klatsch.password.CommonPasswords;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.search.SearchService;
import chat.klatsch.store.Database;
import chat.klatsch.store.account.SqlAccountChanges;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.account.SqlHostAccountStore;
import chat.klatsch.store.account.SqlProfileStore;
import chat.klatsch.store.admin.SqlAdminQueries;
import chat.klatsch.store.admin.SqlAdminStore;
import chat.klatsch.store.draft.SqlDraftStore;
import chat.klatsch.store.message.SqlMentionStore;
import chat.klatsch.store.message.SqlMessageStore;
import chat.klatsch.store.message.SqlSearchStore;
import chat.klatsch.store.room.SqlInboxStore;
import chat.klatsch.store.room.SqlInvitationStore;
import chat.klatsch.store.room.SqlMembershipStore;
import chat.klatsch.store.room.SqlRoomStore;
import chat.klatsch.web.IdentityHeader;
import chat.klatsch.web.Services;
import chat.klatsch.web.WebHost;
import chat.klatsch.web.WebServer;
import chat.klatsch.web.http.MetricsPage;
import chat.klatsch.web.room.HtmlEventRenderer;
import chat.klatsch.web.room.HtmlInboxRenderer;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.StaticAssets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
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
    private final InboxService inboxes;
    private final ChatRoomService service;
    private final Rooms rooms;
    private final People people;
    private final String url;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param opener opens the chat to the web, on a port of its own or in a server that runs already */
    ChatServer(ChatConfig config, WebHost.Opener opener) {
        Clock clock = Clock.systemUTC();
        this.resources = OpenResources.open(config, Metrics.in(config.meters), clock);
        Database database = resources.storage().database();
        EventBus bus = resources.bus();
        PasswordHasher passwords = resources.passwords();
        Executor executor = resources.threads().executor();
        ScheduledExecutorService timer = resources.threads().timer();
        // The port, and with it the local URL, is known once the web server has started.
        CompletableFuture<String> localHome = new CompletableFuture<>();
        try {
            AdminQueries adminQueries = new SqlAdminQueries(database);
            CurrentSiteName siteName = new CurrentSiteName(adminQueries, executor, clock);
            Site site = new Site(config.basePath, config.publicUrl, new StaticAssets(), siteName, config.users.login());
            AccountEmails emails =
                    new AccountEmails(resources.mail(), () -> site.publicHome().orElseGet(localHome::join), siteName);
            AccountStore accountStore = new SqlAccountStore(database);
            AccountChanges changes = new SqlAccountChanges(database);
            PasswordStrength strength = new CommonPasswords();
            AccountService accounts = new AccountService(accountStore, passwords, strength, bus, clock);
            EmailVerification emailVerification = new EmailVerification(changes, emails, executor, clock);
            PasswordReset passwordReset = new PasswordReset(changes, passwords, strength, emails, bus, executor, clock);
            SqlProfileStore profileStore = new SqlProfileStore(database);
            MembershipService memberships = new MembershipService(
                    new SqlRoomStore(database),
                    new SqlMembershipStore(database),
                    new SqlInvitationStore(database),
                    bus,
                    clock);
            SqlMessageStore messages = new SqlMessageStore(database);
            this.inboxes = new InboxService(
                    new SqlInboxStore(database), messages, new HtmlInboxRenderer(site), bus, clock, executor, timer);
            this.service = new ChatRoomService(
                    messages,
                    profileStore,
                    memberships::summary,
                    memberships::members,
                    inboxes::isOnline,
                    bus,
                    resources.metrics().counted(new HtmlEventRenderer(site, clock)),
                    config.limits,
                    clock,
                    executor,
                    timer);
            inboxes.subscribe(service::onOnlineChanged);
            resources.metrics().observe(service, inboxes);
            ConnectionRegistry connections = new ConnectionRegistry(
                    config.limits,
                    config.heartbeatSettings,
                    accounts,
                    memberships,
                    bus,
                    site,
                    executor,
                    timer,
                    resources.metrics().registry());
            SignUpRules signUpRules =
                    new SignUpRules(config.signup, FirstAccount.isExposed(config), accountStore, clock);
            HostAccounts hostAccounts = new HostAccounts(new SqlHostAccountStore(database), bus, clock);
            Services services = new Services(
                    accounts,
                    signUpRules,
                    new AccountSettings(
                            accountStore, changes, passwords, strength, emailVerification, emails, bus, clock),
                    emailVerification,
                    passwordReset,
                    new ProfileService(profileStore, resources.images(), bus),
                    memberships,
                    service,
                    new MessageService(messages, bus, config.limits, clock),
                    inboxes,
                    new DraftService(new SqlDraftStore(database), bus, config.limits),
                    new SearchService(new SqlSearchStore(database), new SqlMentionStore(database)),
                    new AdminService(adminQueries, new SqlAdminStore(database), passwordReset, siteName, bus, clock),
                    resources.storage().keys(clock),
                    clock,
                    config.users.access(hostAccounts, executor).orElse(null));
            this.web = opener.open(site, services, connections, metrics(config));
            this.url = web.url();
            localHome.complete(url);
            String home = site.publicHome().orElse(url);
            if (!site.isHosted()) {
                FirstAccount.announce(signUpRules, home);
            }
            this.rooms = new Rooms(memberships, service, accounts);
            this.people = new People(hostAccounts, services.profiles(), config.users, home);
            resources.storage().startBackfill(resources.threads());
        } catch (RuntimeException e) {
            resources.close();
            throw StartupFailure.ofWeb(e, config.host, config.port);
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

    /** Gives Java code access to the rooms. */
    public Rooms rooms() {
        return rooms;
    }

    /** Gives Java code access to the users, if they are those of the application around the chat. */
    public People people() {
        return people;
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
        return service.isReady() ? Health.READY : Health.DATABASE_UNAVAILABLE;
    }

    /** Waits until the chat is closed. For a program that does nothing else, as all threads of the chat are daemons. */
    public void join() throws InterruptedException {
        closed.await();
    }

    /**
     * Finishes requests in progress, closes connections so that clients reconnect, and stops. Returns within ten seconds
     * plus the {@linkplain ChatConfig#drain drain time} and leaves no thread, port or file lock behind. Idempotent.
     */
    @Override
    public void close() {
        web.close();
        inboxes.close();
        resources.close();
        closed.countDown();
    }
}
