package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Log;
import chat.klatsch.fixture.Postgres;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts a chat whose PostgreSQL server is down or refuses the connection. */
class PostgresStartTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @Test
    void a_start_waits_for_a_server_that_is_not_up_yet() {
        String database = postgres.empty();
        postgres.stop();
        try (Log log = new Log()) {
            CompletableFuture<ChatServer> starting = CompletableFuture.supplyAsync(() -> start(database, TEN_MINUTES));
            await().until(() -> log.text().contains("Waiting for the database: SQLSTATE 08001"));
            postgres.restart();
            await().atMost(Duration.ofSeconds(20)).until(starting::isDone);
            try (ChatServer chat = starting.join()) {
                assertThat(new ChatClient(chat.url(), "alice").signUp().posts("hello"))
                        .isEqualTo(1);
            }
            assertThat(log.text().split("Waiting for the database", -1)).hasSize(2);
        }
    }

    @Test
    void a_start_gives_up_after_its_timeout() {
        assertThatIllegalStateException()
                .isThrownBy(() -> start("jdbc:postgresql://127.0.0.1:1/chat?password=s3cret", Duration.ofMillis(300)))
                .withMessageStartingWith("cannot open the database: Connection to 127.0.0.1:1 refused")
                .withMessageNotContainingAny("s3cret", "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "user=postgres&password=right, user=guarded&password=s3cret, password authentication failed",
        "/chat, /nowhere, does not exist",
    })
    void a_start_does_not_wait_for_a_server_that_refuses(String right, String wrong, String reason) {
        String database = postgres.fresh() + "&password=right";
        assertThatIllegalStateException()
                .isThrownBy(() -> start(database.replace(right, wrong), TEN_MINUTES))
                .withMessageStartingWith("cannot open the database: FATAL: ")
                .withMessageContaining(reason)
                .withMessageNotContainingAny("s3cret", "\n");
    }

    private static ChatServer start(String database, Duration timeout) {
        return ChatServer.start(
                config -> config.fromEnvironment().port(0).databaseUrl(database).databaseTimeout(timeout));
    }
}
