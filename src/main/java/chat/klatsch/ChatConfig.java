package chat.klatsch;

import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.mail.SmtpSettings;
import chat.klatsch.web.TrustedProxies;
import chat.klatsch.web.socket.HeartbeatSettings;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a chat is started with. What is not set here is taken from the environment ({@code KLATSCH_PORT} and so on),
 * and from defaults that suit a laptop where that says nothing either. Not thread-safe; read once, at start.
 */
public final class ChatConfig {
    private String host = "127.0.0.1";
    private int port = 8080;
    private Path dataDirectory = Path.of("klatsch-data");
    private @Nullable String databaseUrl;
    private @Nullable URI redisUrl;
    private String redisPrefix = "klatsch";
    private Duration redisBeat = Duration.ofSeconds(1);
    private @Nullable URI publicUrl;
    private @Nullable SmtpSettings smtpServer;
    private String basePath = "";
    private TrustedProxies trustedProxies = new TrustedProxies(List.of());
    private Limits limits = Limits.standard();
    private Duration databasePatience = Duration.ofSeconds(30);
    private Duration drain = Duration.ofSeconds(1);
    private int passwordMemory = 19;
    private HeartbeatSettings pace = HeartbeatSettings.STANDARD;

    ChatConfig() {}

    /** The address to listen on; {@code 0.0.0.0} for all. */
    public ChatConfig host(String host) {
        this.host = host;
        return this;
    }

    /** The port to listen on, 0 for any that is free. @throws IllegalArgumentException outside 0 to 65535 */
    public ChatConfig port(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535");
        }
        this.port = port;
        return this;
    }

    /**
     * Memory in MiB that hashing a password takes, and with it time: the more, the harder it is to guess one from a
     * stolen hash. Hashes that are there stay as they are.
     *
     * @throws IllegalArgumentException outside 1 to 1024
     */
    public ChatConfig passwordMemory(int mebibytes) {
        if (mebibytes < 1 || mebibytes > 1_024) {
            throw new IllegalArgumentException("the memory for a password is 1 to 1024 MiB");
        }
        this.passwordMemory = mebibytes;
        return this;
    }

    /** Where the embedded database lies; made if it is not there. */
    public ChatConfig dataDirectory(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        return this;
    }

    /**
     * A JDBC URL of a PostgreSQL or another H2 database, in place of the embedded one.
     *
     * @throws IllegalArgumentException for anything else
     */
    public ChatConfig databaseUrl(String databaseUrl) {
        if (!databaseUrl.matches("jdbc:(h2:.+|postgresql://[^/?#@]+/[^?#]+(\\?.*)?)") || !isKnown(databaseUrl)) {
            throw new IllegalArgumentException(
                    "a database URL looks like jdbc:postgresql://host:5432/name?user=…&password=…, or begins with jdbc:h2:");
        }
        this.databaseUrl = databaseUrl;
        return this;
    }

    private static boolean isKnown(String databaseUrl) {
        try {
            DriverManager.getDriver(databaseUrl);
            return true;
        } catch (SQLException noDriver) {
            return false;
        }
    }

    /**
     * A Redis through which several JVMs with one database hear of each other at once; without it, or while it is away,
     * messages cross after two seconds.
     *
     * @throws IllegalArgumentException unless it is a redis or rediss URL with a host
     */
    public ChatConfig redisUrl(URI redisUrl) {
        String user = redisUrl.getUserInfo();
        if (redisUrl.getHost() == null
                || !List.of("redis", "rediss").contains(redisUrl.getScheme())
                || (user != null && !user.contains(":"))) {
            throw new IllegalArgumentException("a Redis URL looks like redis://user:password@localhost:6379");
        }
        this.redisUrl = redisUrl;
        return this;
    }

    /** What the names of this chat's channels in Redis begin with, so that several chats can share one. @throws IllegalArgumentException for anything but letters, digits and - _ : . */
    public ChatConfig redisPrefix(String redisPrefix) {
        if (!redisPrefix.matches("[A-Za-z0-9_.:-]{1,64}")) {
            throw new IllegalArgumentException("a prefix is up to 64 letters, digits and - _ : .");
        }
        this.redisPrefix = redisPrefix;
        return this;
    }

    /**
     * How browsers reach the chat, where a proxy stands in front: it decides which {@code Origin} is the chat's own,
     * whether cookies are for https only, and where the links in letters lead.
     *
     * @throws IllegalArgumentException unless it is an http or https URL with a host and without a path
     */
    public ChatConfig publicUrl(URI publicUrl) {
        if (publicUrl.getHost() == null || !publicUrl.toString().matches("https?://[^/?#@]+/?")) {
            throw new IllegalArgumentException("a public URL looks like https://chat.example.org");
        }
        this.publicUrl = publicUrl;
        return this;
    }

    /**
     * The mail server that sends the chat's letters, {@code smtp://} or, where it speaks TLS from the first byte on,
     * {@code smtps://}, and in {@code from} the address they come from. Without any, letters are printed to the log.
     *
     * @throws IllegalArgumentException for anything else
     */
    public ChatConfig smtpUrl(URI smtpUrl) {
        this.smtpServer = SmtpSettings.of(smtpUrl);
        return this;
    }

    /** The path to mount the chat under, {@code /} or for example {@code /team/chat}. @throws IllegalArgumentException for no path */
    public ChatConfig basePath(String basePath) {
        if (!basePath.matches("/|(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+/?")) {
            throw new IllegalArgumentException("a base path looks like /chat");
        }
        this.basePath = basePath.endsWith("/") ? basePath.substring(0, basePath.length() - 1) : basePath;
        return this;
    }

    /**
     * The proxies in front, as addresses and ranges such as {@code 10.0.0.0/8}: where the peer is one of them, limits
     * per address count the client that it names in {@code X-Forwarded-For}. Without any the header means nothing.
     *
     * @throws IllegalArgumentException for anything else; names are not looked up
     */
    public ChatConfig trustedProxies(String... addressesAndRanges) {
        this.trustedProxies = new TrustedProxies(List.of(addressesAndRanges));
        return this;
    }

    /** What one person, one address or everybody may use; 0 for no limit. @throws IllegalArgumentException for a negative value */
    public ChatConfig limit(Limit limit, int value) {
        this.limits = limits.with(limit, value);
        return this;
    }

    /**
     * How long {@code /readyz} says that the chat is going down before it does, so that a balancer that asks can lead people
     * elsewhere; nothing is waited for when nobody is connected. @throws IllegalArgumentException for a negative time
     */
    public ChatConfig drain(Duration drain) {
        if (drain.isNegative()) {
            throw new IllegalArgumentException("a time to drain is 0 seconds or more");
        }
        this.drain = drain;
        return this;
    }

    /** How often each JVM says to the others that it is alive. */
    public ChatConfig redisBeat(Duration redisBeat) {
        this.redisBeat = redisBeat;
        return this;
    }

    public Duration redisBeat() {
        return redisBeat;
    }

    public ChatConfig pace(HeartbeatSettings pace) {
        this.pace = pace;
        return this;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    Path dataDirectory() {
        return dataDirectory;
    }

    /** Empty where the embedded database is meant. */
    Optional<String> databaseUrl() {
        return Optional.ofNullable(databaseUrl);
    }

    Optional<URI> redisUrl() {
        return Optional.ofNullable(redisUrl);
    }

    String redisPrefix() {
        return redisPrefix;
    }

    /** How long a start waits for a database that cannot be reached yet. */
    public ChatConfig databasePatience(Duration databasePatience) {
        this.databasePatience = databasePatience;
        return this;
    }

    public Duration databasePatience() {
        return databasePatience;
    }

    Optional<URI> publicUrl() {
        return Optional.ofNullable(publicUrl);
    }

    /** Empty where letters go to the log. */
    Optional<SmtpSettings> smtpServer() {
        return Optional.ofNullable(smtpServer);
    }

    String basePath() {
        return basePath;
    }

    Duration drain() {
        return drain;
    }

    public HeartbeatSettings pace() {
        return pace;
    }

    TrustedProxies trustedProxies() {
        return trustedProxies;
    }

    Limits limits() {
        return limits;
    }

    int passwordMemory() {
        return passwordMemory;
    }
}
