package chat.klatsch.redis;

import chat.klatsch.core.Authority;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.util.JedisURIHelper;

/** The host of a Redis server and the settings of connections to it. */
public record RedisAddress(HostAndPort host, JedisClientConfig config) {
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Returns whether a URL names a Redis server, and a user with a password or neither. */
    public static boolean accepts(URI url) {
        return List.of("redis", "rediss").contains(url.getScheme())
                && Authority.of(url)
                        .filter(server ->
                                server.user().isPresent() == server.password().isPresent())
                        .isPresent();
    }

    /** @param silence a subscriber that receives nothing for this long has lost its connection */
    static RedisAddress of(URI url, Duration silence) {
        Authority server = Authority.of(url).orElseThrow();
        // Jedis does not parse replies to a subscriber under RESP3.
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .protocol(RedisProtocol.RESP2)
                .user(server.user().filter(user -> !user.isEmpty()).orElse(null))
                .password(server.password().orElse(null))
                .connectionTimeoutMillis((int) TIMEOUT.toMillis())
                .socketTimeoutMillis((int) TIMEOUT.toMillis())
                .blockingSocketTimeoutMillis((int) silence.toMillis());
        if (JedisURIHelper.isRedisSSLScheme(url)) {
            config.sslOptions(SslOptions.builder().build());
        }
        int port = server.port().orElse(Protocol.DEFAULT_PORT);
        return new RedisAddress(new HostAndPort(server.host(), port), config.build());
    }

    /** Returns a server without a login. */
    public static String name(URI url) {
        return of(url, TIMEOUT).host().toString();
    }

    /** Returns the milliseconds that a server takes to answer. @throws RuntimeException if it does not, or refuses the login */
    public static long ping(URI url) {
        try (Jedis jedis = of(url, TIMEOUT).connect()) {
            jedis.ping();
            long begun = System.nanoTime();
            jedis.ping();
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        }
    }

    Jedis connect() {
        return new Jedis(host, config);
    }
}
