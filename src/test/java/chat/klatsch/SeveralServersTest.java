package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers with one database and one Redis. */
class SeveralServersTest {
    private final Redis redis = new Redis();
    private final String database = "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID());
    private ChatServer one;
    private ChatServer other;

    @BeforeEach
    void start() {
        one = server();
        other = server();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        redis.close();
    }

    @Test
    void what_is_written_on_one_is_seen_on_the_other_at_once() {
        try (ChatClient alice = ChatClient.join(one, "alice");
                ChatClient bob = ChatClient.join(other, "bob")) {
            await().until(() -> alice.online() == 2 && bob.online() == 2);
            alice.posts("Are you there?");
            bob.sees("Are you there?");
            bob.posts("Yes");
            alice.sees("Yes");
            assertThat(alice.bodies()).isEqualTo(bob.bodies());
        }
    }

    @Test
    void somebody_with_tabs_on_both_is_one_person_and_leaves_when_both_are_closed() {
        try (ChatClient alice = ChatClient.join(one, "alice");
                ChatClient bob = ChatClient.join(one, "bob");
                ChatClient tab = new ChatClient(other.url(), "bob").signIn().connect()) {
            await().until(() -> alice.online() == 2 && tab.online() == 2);
            bob.disconnect();
            await().during(Duration.ofSeconds(2)).until(() -> alice.online() == 2 && tab.online() == 2);
            tab.disconnect();
            await().atMost(Duration.ofSeconds(2)).until(() -> alice.online() == 1);
        }
    }

    @Test
    void everybody_stays_on_the_list_while_redis_is_away_and_messages_go_on() {
        try (ChatClient alice = ChatClient.join(one, "alice");
                ChatClient bob = ChatClient.join(other, "bob")) {
            await().until(() -> alice.online() == 2 && bob.online() == 2);
            redis.kill();
            await().until(() -> presence(alice).equals("about 2 online"));
            alice.posts("Is anybody there?");
            await().atMost(Duration.ofSeconds(3)).until(() -> bob.bodies().contains("Is anybody there?"));
            redis.start();
            await().until(() -> presence(alice).equals("2 online"));
        }
    }

    private static String presence(ChatClient client) {
        return org.jsoup.Jsoup.parse(String.join("", client.frames()))
                .select("#presence")
                .last()
                .text();
    }

    private ChatServer server() {
        return ChatServer.start(config -> config.port(0).databaseUrl(database).redisUrl(redis.url()));
    }
}
