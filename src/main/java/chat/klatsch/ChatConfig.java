package chat.klatsch;

import chat.klatsch.account.SignUpMode;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.core.OptionalLibrary;
import chat.klatsch.mail.SmtpSettings;
import chat.klatsch.password.Argon2PasswordHasher;
import chat.klatsch.redis.RedisAddress;
import chat.klatsch.store.SqlDialect;
import chat.klatsch.store.schema.TableNames;
import chat.klatsch.text.LanguageSettings;
import chat.klatsch.web.TrustedProxies;
import chat.klatsch.web.connection.RequestDeadlines;
import chat.klatsch.web.http.Origin;
import chat.klatsch.web.socket.HeartbeatSettings;
import chat.klatsch.web.view.FrameAncestors;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * The settings of a chat. A setting that is not made has a default that suits a trial on one machine. Each method replaces
 * one setting, returns this object, and throws an {@link IllegalArgumentException} for an invalid value. Not thread-safe.
 */
public final class ChatConfig {
    // Read by the classes of this package when a chat starts.
    String host = "127.0.0.1";
    int port = 8080;
    Path dataDirectory = Path.of("klatsch-data");
    Optional<String> databaseUrl = Optional.empty();
    Optional<DataSource> dataSource = Optional.empty();
    String tablePrefix = TableNames.STANDARD;
    Optional<Executor> executor = Optional.empty();
    Duration databaseTimeout = Duration.ofSeconds(30);
    Optional<URI> redisUrl = Optional.empty();
    String redisPrefix = "klatsch";
    Duration redisHeartbeat = Duration.ofSeconds(1);
    Optional<URI> publicUrl = Optional.empty();
    String basePath = "";
    TrustedProxies trustedProxies = new TrustedProxies(List.of());
    Optional<SmtpSettings> smtp = Optional.empty();
    Limits limits = Limits.defaults();
    int passwordMemory = 19;
    SignUpMode signup = SignUpMode.OPEN;
    Duration drain = Duration.ofSeconds(1);
    UserSettings users = new UserSettings();
    Look look = new Look();
    FrameAncestors frameAncestors = FrameAncestors.NONE;
    HeartbeatSettings heartbeatSettings = HeartbeatSettings.STANDARD;
    Optional<MeterRegistry> meters = Optional.empty();
    boolean openMetrics;
    boolean accessLog;
    List<String> given = new ArrayList<>();
    LanguageSettings languages = new LanguageSettings();
    RequestDeadlines requestDeadlines = RequestDeadlines.STANDARD;

    ChatConfig() {}

    /**
     * Makes the settings that the environment has: {@code KLATSCH_PORT} is the port, and so on. They replace what is set
     * before, and are replaced by what is set afterwards. Without this call the chat does not read the environment.
     *
     * @throws IllegalArgumentException for an invalid value; the message names the variable
     */
    public ChatConfig fromEnvironment() {
        Settings.fromEnvironment(System.getenv(), this);
        return this;
    }

    /** The host name or IP address to listen on, {@code 127.0.0.1} by default; {@code 0.0.0.0} means all addresses. */
    public ChatConfig host(String host) {
        this.host = host;
        return this;
    }

    /** The port to listen on, from 0 to 65535; 8080 by default. 0 means any free port. */
    public ChatConfig port(int port) {
        require(port >= 0 && port <= 65_535, "a port must be a number from 0 to 65535");
        this.port = port;
        return this;
    }

    /** The directory of the embedded database, {@code klatsch-data} by default; created if it does not exist. */
    public ChatConfig dataDirectory(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        return this;
    }

    /**
     * The JDBC URL of a PostgreSQL database, or of an H2 database other than the embedded one. Several nodes that form
     * one chat need the same PostgreSQL database. PostgreSQL needs the library {@code org.postgresql:postgresql}.
     */
    public ChatConfig databaseUrl(String databaseUrl) {
        if (databaseUrl.startsWith("jdbc:postgresql:")) {
            OptionalLibrary.POSTGRESQL_DRIVER.require();
        }
        require(
                SqlDialect.accepts(databaseUrl),
                "a database URL looks like jdbc:postgresql://host:5432/name?user=…&password=… or starts with jdbc:h2:");
        this.databaseUrl = Optional.of(databaseUrl);
        this.dataSource = Optional.empty();
        return this;
    }

    /**
     * The data source of the host, in place of a database URL: H2 or PostgreSQL, best with a pool. The chat uses ten
     * connections at most at a time, returns each after a few milliseconds with the settings that it had, and does not
     * close the data source. Its tables are in the schema that the connections have by default.
     */
    public ChatConfig dataSource(DataSource dataSource) {
        this.dataSource = Optional.of(dataSource);
        this.databaseUrl = Optional.empty();
        return this;
    }

    /**
     * The prefix of the names of the chat's tables and indexes, {@code klatsch_} by default. Chats that share a database, or
     * a schema of it, need different prefixes; another prefix than before starts another chat. Consists of 1 to 30 lower-case
     * letters, digits and underscores, and begins with a letter. A database of a version without prefixes is found by the
     * default.
     */
    public ChatConfig tablePrefix(String tablePrefix) {
        require(
                TableNames.accepts(tablePrefix),
                "a table prefix consists of 1 to 30 lower-case letters, digits and underscores, and begins with a letter");
        this.tablePrefix = tablePrefix;
        return this;
    }

    /** The time for which a start waits for a database that is not reachable yet, 30 seconds by default. */
    public ChatConfig databaseTimeout(Duration databaseTimeout) {
        this.databaseTimeout = databaseTimeout;
        return this;
    }

    /**
     * The executor of the host for what the chat does outside of requests: storing and delivering messages, counting unread
     * ones, checking sessions. By default the chat has virtual threads, or a pool of daemon threads before Java 21. The tasks
     * take milliseconds, and wait four seconds for a database that does not answer, so a pool needs a few threads. It must
     * take tasks without blocking and run each that it takes. While it rejects tasks, or would run them in the calling
     * thread, messages are late, and posts are refused (503) after ten seconds; nothing is lost or out of order. The chat
     * does not shut it down.
     *
     * <p>Requests run on the threads of the web server, which is the app's where the chat is mounted. Timers, password hashing,
     * images, email, Redis, listeners, and the function that tells who sends a request have threads of the chat's own.
     *
     * @throws IllegalArgumentException at the start, if it runs tasks in the calling thread
     */
    public ChatConfig executor(Executor executor) {
        this.executor = Optional.of(executor);
        return this;
    }

    /**
     * A Redis server, {@code redis://} or {@code rediss://}, through which several nodes with one database notify each
     * other. Without Redis, messages reach other nodes within three seconds. Needs the library
     * {@code redis.clients:jedis}, version 6 or newer.
     */
    public ChatConfig redisUrl(URI redisUrl) {
        OptionalLibrary.JEDIS.require();
        require(RedisAddress.accepts(redisUrl), "a Redis URL looks like redis://user:password@localhost:6379");
        this.redisUrl = Optional.of(redisUrl);
        return this;
    }

    /**
     * The prefix of the chat's channel names in Redis, {@code klatsch} by default. Chats that share a Redis server need
     * different prefixes. Consists of 1 to 64 letters, digits and - _ : .
     */
    public ChatConfig redisPrefix(String redisPrefix) {
        require(
                redisPrefix.matches("[A-Za-z0-9_.:-]{1,64}"),
                "a prefix must consist of 1 to 64 letters, digits and - _ : .");
        this.redisPrefix = redisPrefix;
        return this;
    }

    /** The interval of the heartbeats that nodes send each other through Redis, 1 second by default. */
    public ChatConfig redisHeartbeat(Duration redisHeartbeat) {
        this.redisHeartbeat = redisHeartbeat;
        return this;
    }

    /**
     * The URL at which browsers reach the chat, needed behind a proxy: http or https, without a path. It determines the
     * accepted {@code Origin}, the {@code Secure} attribute of cookies, and the links in emails. By default these use the
     * host of the request, and links in emails the address that the chat listens on.
     */
    public ChatConfig publicUrl(URI publicUrl) {
        Optional<Origin> origin = Origin.of(publicUrl.toString());
        require(origin.isPresent(), "a public URL looks like https://chat.example.org");
        this.publicUrl = origin.map(Origin::toString).map(URI::create);
        return this;
    }

    /** The path under which the chat is served, such as {@code /team/chat}; {@code /} by default. */
    public ChatConfig basePath(String basePath) {
        require(basePath.matches("/|(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+/?"), "a base path looks like /chat");
        this.basePath = basePath.endsWith("/") ? basePath.substring(0, basePath.length() - 1) : basePath;
        return this;
    }

    /** The path below which a {@link KlatschPlugin} serves the chat. The same as {@link #basePath}. */
    public ChatConfig path(String path) {
        return basePath(path);
    }

    /**
     * The IP addresses and ranges, such as {@code 10.0.0.0/8}, of reverse proxies. For a request from one of them, the
     * limits per address apply to the client named in {@code X-Forwarded-For}. By default the header is ignored. Host
     * names are not accepted.
     */
    public ChatConfig trustedProxies(String... addressesAndRanges) {
        this.trustedProxies = new TrustedProxies(List.of(addressesAndRanges));
        return this;
    }

    /**
     * The mail server, {@code smtp://} or {@code smtps://}, with the sender's address as the query parameter
     * {@code from}. By default emails are written to the log. Needs the library {@code org.eclipse.angus:smtp}, or
     * {@code org.eclipse.angus:jakarta.mail}, which contains it.
     */
    public ChatConfig smtpUrl(URI smtpUrl) {
        this.smtp = Optional.of(SmtpSettings.of(smtpUrl));
        OptionalLibrary.ANGUS_MAIL.require();
        return this;
    }

    /** A limit, 0 or more; 0 means no limit. */
    public ChatConfig limit(Limit limit, int value) {
        this.limits = limits.with(limit, value);
        return this;
    }

    /**
     * The memory that hashing a password takes, from 1 to 1024 MiB and at most half of the JVM's; 19 by default. More
     * memory also takes more time, and makes stolen hashes harder to crack. Existing hashes are not changed.
     */
    public ChatConfig passwordMemory(int mebibytes) {
        require(mebibytes >= 1 && mebibytes <= 1_024, "the memory must be 1 to 1024 MiB");
        require(Argon2PasswordHasher.fits(mebibytes), "the memory must be at most half of the JVM's (-Xmx)");
        this.passwordMemory = mebibytes;
        return this;
    }

    /** Decides who may create an account, everybody by default. The first account can always be created. */
    public ChatConfig signup(SignUpMode signup) {
        this.signup = signup;
        return this;
    }

    /**
     * Leaves the users to the application around the chat: for each request, {@code users} tells who sends it. Accounts,
     * passwords and emails of the chat's own are off. See {@link HostUsers}.
     *
     * @param loginUrl the page of the application to sign in, as a URL or a path, in which {@code {next}} stands for the
     *     address to return to
     */
    public ChatConfig users(HostUsers users, String loginUrl) {
        this.users = this.users.by(users, loginUrl);
        return this;
    }

    /**
     * Leaves the users to the application around the chat, which signs them in by {@link People#signInUrl}. Accounts,
     * passwords and emails of the chat's own are off.
     *
     * @param loginUrl the page of the application to sign in, as for {@link #users(HostUsers, String)}
     */
    public ChatConfig users(String loginUrl) {
        this.users = this.users.byLinks(loginUrl);
        return this;
    }

    /**
     * The header by which a proxy that authenticates, such as oauth2-proxy or Authelia, names the user of each request. It
     * is believed from {@link #trustedProxies} only, which are needed. Accounts, passwords and emails of the chat's own are
     * off.
     */
    public ChatConfig identityHeader(String identityHeader) {
        require(identityHeader.matches("[A-Za-z0-9-]{1,64}"), "a header looks like X-Forwarded-User");
        this.users = users.withHeader(identityHeader);
        return this;
    }

    /** The users, as the {@link #identityHeader} names them, who are operators; nobody by default. */
    public ChatConfig operators(String... operators) {
        this.users = users.withOperators(List.of(operators));
        return this;
    }

    /** The name, logo and style sheet of the chat, and the way back to the app around it. */
    public ChatConfig look(Look look) {
        this.look = look;
        return this;
    }

    /**
     * The sites whose pages may show a room in a frame, at the address that {@link Rooms#embedUrl} returns: {@code 'self'} for
     * the chat's own origin, {@code https://shop.example}, with a port, or with all subdomains
     * ({@code https://*.example.org}). Nobody may by default, and no other page of the chat can be framed.
     */
    public ChatConfig frameAncestors(String... sources) {
        this.frameAncestors = FrameAncestors.of(List.of(sources));
        return this;
    }

    /**
     * The time between failing the readiness check and closing connections when the chat stops, 1 second by default. It
     * lets a load balancer redirect new connections. A chat without WebSockets does not wait. Other connections are closed
     * once nothing has moved on them for as long, a second at most.
     */
    public ChatConfig drain(Duration drain) {
        require(!drain.isNegative(), "the time must be 0 seconds or more");
        this.drain = drain;
        return this;
    }

    /**
     * The registry of an app that measures itself, which then also publishes the chat's metrics. Without one the chat has
     * its own, and a page {@code /metrics} in Prometheus' text format.
     */
    public ChatConfig meters(MeterRegistry meters) {
        this.meters = Optional.of(meters);
        return this;
    }

    /** Lets every program read the page of metrics; without it, only programs on the same machine may. */
    public ChatConfig openMetrics(boolean open) {
        this.openMetrics = open;
        return this;
    }

    /**
     * Logs each request and each WebSocket to the logger {@code chat.klatsch.access}: addresses, users and paths, no queries,
     * tokens or texts. Has no effect below a path of a host's server, which has a log of its own.
     */
    public ChatConfig accessLog(boolean accessLog) {
        this.accessLog = accessLog;
        return this;
    }

    /**
     * The language of all texts and dates for everybody. By default each reader gets the language that the browser prefers,
     * and English if it prefers none of those that there are: English, German and the added ones.
     */
    public ChatConfig language(Locale language) {
        this.languages = languages.fixedTo(language);
        return this;
    }

    /**
     * Adds a language, or replaces texts of one. The keys and their texts in English are in {@code
     * chat/klatsch/texts.properties} of the jar, as patterns of {@link java.text.MessageFormat}. A text that the bundle
     * lacks stays as it is, in English for a new language.
     *
     * @throws IllegalArgumentException for a malformed pattern, or one that has not the arguments of the English one
     */
    public ChatConfig texts(Locale language, ResourceBundle texts) {
        this.languages = languages.with(language, texts);
        return this;
    }

    /** The intervals at which browser connections are checked. */
    public ChatConfig heartbeatSettings(HeartbeatSettings settings) {
        this.heartbeatSettings = settings;
        return this;
    }

    /** The time that clients have to send a request and to receive its response. */
    public ChatConfig requestDeadlines(RequestDeadlines deadlines) {
        this.requestDeadlines = deadlines;
        return this;
    }

    private static void require(boolean valid, String rule) {
        if (!valid) {
            throw new IllegalArgumentException(rule);
        }
    }
}
