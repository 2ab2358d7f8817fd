package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.Log;
import chat.klatsch.fixture.Redis;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests a Redis server that requires a user and a password. */
class RedisAddressTest {
    @Test
    void the_user_and_password_in_the_url_are_used_and_not_logged() {
        try (Redis redis = new Redis();
                Log log = new Log()) {
            redis.call(client -> client.aclSetUser("chat", "on", ">se/cret", "allchannels", "+@all"));
            assertThat(connects(redis, "redis://chat:se%2Fcret@127.0.0.1:" + redis.port()))
                    .isTrue();
            assertThat(connects(redis, "redis://chat:wrong@127.0.0.1:" + redis.port()))
                    .isFalse();
            assertThat(log.text()).contains("Redis is unavailable", "WRONGPASS").doesNotContain("wrong@", "cret");
        }
    }

    /** Starts a chat with this Redis URL and returns whether it subscribes. */
    private static boolean connects(Redis redis, String url) {
        try (Log log = new Log();
                ChatServer chat = ChatServer.start(config -> config.fromEnvironment()
                        .port(0)
                        .databaseUrl("jdbc:h2:mem:" + UUID.randomUUID())
                        .redisUrl(URI.create(url)))) {
            assertThat(chat.port()).isPositive();
            await().until(() -> isSubscribed(redis) || log.text().contains("Redis is unavailable"));
            return isSubscribed(redis);
        }
    }

    private static boolean isSubscribed(Redis redis) {
        return redis.call(client -> client.pubsubChannels("*")).contains("klatsch:all");
    }
}
