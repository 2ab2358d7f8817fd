package chat.klatsch;

import chat.klatsch.account.AccountChanges;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.Accounts;
import chat.klatsch.account.Mail;
import chat.klatsch.account.OwnAccount;
import chat.klatsch.account.Passwords;
import chat.klatsch.account.Recovery;
import chat.klatsch.account.Verification;
import chat.klatsch.admin.House;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.image.ImagePortraits;
import chat.klatsch.inbox.Inboxes;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.mail.LogMail;
import chat.klatsch.mail.SmtpMail;
import chat.klatsch.message.Chronicle;
import chat.klatsch.password.Argon2Passwords;
import chat.klatsch.profile.Profiles;
import chat.klatsch.redis.RedisEventBus;
import chat.klatsch.room.Doorkeeper;
import chat.klatsch.search.Search;
import chat.klatsch.store.Database;
import chat.klatsch.store.account.SqlAccountChanges;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.account.SqlProfileStore;
import chat.klatsch.store.admin.SqlHouseRegister;
import chat.klatsch.store.admin.SqlHouseStore;
import chat.klatsch.store.message.SqlChatStore;
import chat.klatsch.store.message.SqlSearchStore;
import chat.klatsch.store.room.SqlInboxStore;
import chat.klatsch.store.room.SqlMemberStore;
import chat.klatsch.store.room.SqlRoomStore;
import chat.klatsch.web.Services;
import chat.klatsch.web.WebServer;
import chat.klatsch.web.room.HtmlInbox;
import chat.klatsch.web.room.HtmlRenderer;
import chat.klatsch.web.socket.Connections;
import chat.klatsch.web.view.Assets;
import chat.klatsch.web.view.Site;
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
    private static final int PATIENCE_SECONDS = 2;

    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final Storage storage;
    private final EventBus bus;
    private final Mail mail;
    private final WebServer web;
    private final Inboxes inboxes;
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
                .<Mail>map(server -> new SmtpMail(server, clock, SmtpMail.RETRIES))
                .orElseGet(LogMail::new);
        // Where it listens is known when it does.
        CompletableFuture<String> listening = new CompletableFuture<>();
        Supplier<String> home = () -> config.publicUrl()
                .map(url -> url.toString().replaceFirst("/$", "") + config.basePath() + "/")
                .orElseGet(listening::join);
        try {
            Site site = new Site(config.basePath(), config.publicUrl(), new Assets());
            AccountStore accountStore = new SqlAccountStore(database);
            AccountChanges changes = new SqlAccountChanges(database);
            Passwords passwords = new Argon2Passwords(config.passwordMemory());
            Accounts accounts = new Accounts(accountStore, passwords, bus, clock);
            Verification verification = new Verification(changes, mail, home, executor, clock);
            Recovery recovery = new Recovery(changes, passwords, mail, home, bus, executor, clock);
            Profiles profiles = new Profiles(new SqlProfileStore(database), new ImagePortraits());
            Doorkeeper doorkeeper =
                    new Doorkeeper(new SqlRoomStore(database), new SqlMemberStore(database), bus, clock);
            SqlChatStore messages = new SqlChatStore(database);
            Chronicle chronicle = new Chronicle(messages, bus, config.limits(), clock);
            ChatRoomService service = new ChatRoomService(
                    messages, doorkeeper::circle, bus, new HtmlRenderer(site), config.limits(), clock, executor, timer);
            this.inboxes = new Inboxes(
                    new SqlInboxStore(database), messages, new HtmlInbox(site), bus, clock, executor, timer);
            Connections connections =
                    new Connections(config.limits(), config.pace(), accounts, doorkeeper, bus, executor, timer);
            Services services = new Services(
                    accounts,
                    new OwnAccount(accountStore, changes, passwords, verification, mail, home, bus, clock),
                    verification,
                    recovery,
                    profiles,
                    doorkeeper,
                    service,
                    chronicle,
                    inboxes,
                    new Search(new SqlSearchStore(database)),
                    new House(new SqlHouseRegister(database), new SqlHouseStore(database), recovery, bus, clock));
            this.web = new WebServer(
                    config.host(),
                    config.port(),
                    site,
                    config.trustedProxies(),
                    config.limits(),
                    services,
                    connections,
                    config.drain());
            this.rooms = new Rooms(doorkeeper, service, accounts);
        } catch (JavalinException e) {
            closeAllButWeb();
            throw StartFailure.of("listen on %s:%d".formatted(config.host(), config.port()), e);
        } catch (RuntimeException e) {
            closeAllButWeb();
            throw e;
        }
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        this.url = "http://" + host + ":" + web.port() + config.basePath() + "/";
        listening.complete(url);
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
            if (!work.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                work.shutdownNow();
            }
        } catch (InterruptedException e) {
            work.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
