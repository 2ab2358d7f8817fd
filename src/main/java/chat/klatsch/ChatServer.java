package chat.klatsch;

import chat.klatsch.account.AccountChanges;
import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountSettings;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.account.MailSender;
import chat.klatsch.account.PasswordHasher;
import chat.klatsch.account.PasswordReset;
import chat.klatsch.admin.AdminService;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.image.ImageIoAvatarProcessor;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.mail.LogMailSender;
import chat.klatsch.mail.SmtpMailSender;
import chat.klatsch.message.MessageService;
import chat.klatsch.password.Argon2PasswordHasher;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.redis.RedisEventBus;
import chat.klatsch.room.MembershipService;
import chat.klatsch.search.SearchService;
import chat.klatsch.store.Database;
import chat.klatsch.store.account.SqlAccountChanges;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.account.SqlProfileStore;
import chat.klatsch.store.admin.SqlAdminQueries;
import chat.klatsch.store.admin.SqlAdminStore;
import chat.klatsch.store.message.SqlMessageStore;
import chat.klatsch.store.message.SqlSearchStore;
import chat.klatsch.store.room.SqlInboxStore;
import chat.klatsch.store.room.SqlMembershipStore;
import chat.klatsch.store.room.SqlRoomStore;
import chat.klatsch.web.Services;
import chat.klatsch.web.WebServer;
import chat.klatsch.web.room.HtmlEventRenderer;
import chat.klatsch.web.room.HtmlInboxRenderer;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.StaticAssets;
import io.javalin.util.ConcurrencyUtil;
import io.javalin.util.JavalinException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A running chat.
 *
 * <pre>{@code
 * try (ChatServer chat = ChatServer.start(config -> config.port(0))) {
 *     System.out.println(chat.url());
 * }
 * }</pre>
 *
 * <p>Starting wires everything, here and by hand; closing leaves no thread, port or file lock behind. Thread-safe.
 */
public final class ChatServer implements AutoCloseable {
    private static final int STOP_TIMEOUT_SECONDS = 2;

    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final Storage storage;
    private final EventBus bus;
    private final MailSender mail;
    private final WebServer web;
    private final InboxService inboxes;
    private final Rooms rooms;
    private final String url;

    private ChatServer(ChatConfig config) {
        Clock clock = Clock.systemUTC();
        this.storage = Storage.open(config);
        Database database = storage.database();
        this.executor = ConcurrencyUtil.executorService("klatsch", true);
        this.timer = ConcurrencyUtil.newSingleThreadScheduledExecutor("klatsch-timer");
        this.bus = config.redisUrl()
                .<EventBus>map(url -> new RedisEventBus(url, config.redisPrefix(), config.redisBeat()))
                .orElseGet(LocalEventBus::new);
        this.mail = config.smtpServer()
                .<MailSender>map(server -> new SmtpMailSender(server, clock, SmtpMailSender.RETRY_DELAYS))
                .orElseGet(LogMailSender::new);
        // Where it listens is known when it does.
        CompletableFuture<String> listener = new CompletableFuture<>();
        Supplier<String> home = () -> config.publicUrl()
                .map(url -> url.toString().replaceFirst("/$", "") + config.basePath() + "/")
                .orElseGet(listener::join);
        try {
            Site site = new Site(config.basePath(), config.publicUrl(), new StaticAssets());
            AccountStore accountStore = new SqlAccountStore(database);
            AccountChanges changes = new SqlAccountChanges(database);
            PasswordHasher passwords = new Argon2PasswordHasher(config.passwordMemory());
            AccountService accounts = new AccountService(accountStore, passwords, bus, clock);
            EmailVerification emailVerification = new EmailVerification(changes, mail, home, executor, clock);
            PasswordReset passwordReset = new PasswordReset(changes, passwords, mail, home, bus, executor, clock);
            ProfileService profiles = new ProfileService(new SqlProfileStore(database), new ImageIoAvatarProcessor());
            MembershipService memberships =
                    new MembershipService(new SqlRoomStore(database), new SqlMembershipStore(database), bus, clock);
            SqlMessageStore messages = new SqlMessageStore(database);
            MessageService messageService = new MessageService(messages, bus, config.limits(), clock);
            ChatRoomService service = new ChatRoomService(
                    messages,
                    memberships::summary,
                    bus,
                    new HtmlEventRenderer(site),
                    config.limits(),
                    clock,
                    executor,
                    timer);
            this.inboxes = new InboxService(
                    new SqlInboxStore(database), messages, new HtmlInboxRenderer(site), bus, clock, executor, timer);
            ConnectionRegistry connections =
                    new ConnectionRegistry(config.limits(), config.pace(), accounts, memberships, bus, executor, timer);
            Services services = new Services(
                    accounts,
                    new AccountSettings(accountStore, changes, passwords, emailVerification, mail, home, bus, clock),
                    emailVerification,
                    passwordReset,
                    profiles,
                    memberships,
                    service,
                    messageService,
                    inboxes,
                    new SearchService(new SqlSearchStore(database)),
                    new AdminService(
                            new SqlAdminQueries(database), new SqlAdminStore(database), passwordReset, bus, clock));
            this.web = new WebServer(
                    config.host(),
                    config.port(),
                    site,
                    config.trustedProxies(),
                    config.limits(),
                    services,
                    connections,
                    config.drain());
            this.rooms = new Rooms(memberships, service, accounts);
        } catch (JavalinException e) {
            closeAllButWeb();
            throw StartupFailure.of("listen on %s:%d".formatted(config.host(), config.port()), e);
        } catch (RuntimeException e) {
            closeAllButWeb();
            throw e;
        }
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        this.url = "http://" + host + ":" + web.port() + config.basePath() + "/";
        listener.complete(url);
    }

    /** Starts a chat with the settings of the environment and defaults for the rest. */
    public static ChatServer start() {
        return start(config -> {});
    }

    /**
     * Starts a chat. Returns when it takes requests.
     *
     * @throws IllegalArgumentException for a setting that makes no sense
     * @throws IllegalStateException when the port is taken or the database cannot be opened; the message is for people
     */
    public static ChatServer start(Consumer<ChatConfig> settings) {
        ChatConfig config = new ChatConfig();
        Settings.fromEnvironment(System.getenv(), config);
        settings.accept(config);
        return new ChatServer(config);
    }

    /** The port that it listens on. */
    public int port() {
        return web.port();
    }

    /** Where it listens, with a slash at its end. */
    public String url() {
        return url;
    }

    /** Posting and listening from Java. */
    public Rooms rooms() {
        return rooms;
    }

    /** Finishes what is under way, tells the clients to come back, and stops, at most ten seconds after the time to drain. Idempotent. */
    @Override
    public void close() {
        web.close();
        inboxes.close();
        closeAllButWeb();
    }

    private void closeAllButWeb() {
        timer.shutdownNow();
        executor.shutdown();
        finish(executor);
        finish(timer);
        mail.close();
        bus.close();
        storage.close();
    }

    /** Lets posts in flight be stored before the database goes. */
    private static void finish(ExecutorService work) {
        try {
            if (!work.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                work.shutdownNow();
            }
        } catch (InterruptedException e) {
            work.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
