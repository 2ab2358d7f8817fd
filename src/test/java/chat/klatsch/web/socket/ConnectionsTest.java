package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatConfig;
import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.FaultyProxy;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.StalledReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How connections end that nobody has closed. */
class ConnectionsTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @TempDir
    Path directory;

    @Test
    void one_that_has_gone_silent_is_cut_and_an_idle_one_stays() throws IOException {
        HeartbeatSettings quick = new HeartbeatSettings(Duration.ofMillis(100), Duration.ofSeconds(30));
        try (ChatServer chat = start(config -> config.pace(quick));
                FaultyProxy relay = new FaultyProxy(chat);
                ChatClient alice = ChatClient.join(chat, "alice");
                ChatClient bob = new ChatClient(relay.url(), "bob").signUp().connect()) {
            await().until(() -> alice.online() == 2 && bob.online() == 2);
            relay.silenceSockets();
            await().until(() -> alice.online() == 1);
            assertThat(alice.isConnected()).isTrue();
        }
    }

    @Test
    void one_whose_sign_in_has_ended_elsewhere_is_found_out_without_redis() {
        HeartbeatSettings quick = new HeartbeatSettings(Duration.ofSeconds(3), Duration.ofMillis(200));
        String database = postgres.fresh();
        try (ChatServer one = start(config -> config.databaseUrl(database).pace(quick));
                ChatServer other = start(config -> config.databaseUrl(database));
                ChatClient alice = ChatClient.join(one, "alice");
                ChatClient bob = ChatClient.join(one, "bob")) {
            ChatClient atOther = new ChatClient(other.url(), "bob").signIn();
            assertThat(atOther.post("logout", Map.of("everywhere", "true")).statusCode())
                    .isEqualTo(303);
            assertThat(bob.closeCode()).isEqualTo(1008);
            assertThat(alice.isConnected()).isTrue();
        }
    }

    @Test
    void one_whose_sign_in_has_ended_is_not_listened_to_any_more() {
        try (ChatServer chat = start(config -> {});
                ChatClient alice = ChatClient.join(chat, "alice");
                ChatClient bob = ChatClient.join(chat, "bob");
                StalledReader deaf = new StalledReader(chat, bob)) {
            deaf.sends("{\"body\":\"before\",\"key\":\"1\"}");
            alice.sees("before");
            bob.post("logout", Map.of());
            deaf.sends("{\"body\":\"after\",\"key\":\"2\"}");
            deaf.readToTheEnd();
            alice.posts("It is quiet");
            alice.sees("It is quiet");
            assertThat(alice.bodies()).containsExactly("before", "It is quiet");
        }
    }

    @Test
    void before_it_goes_down_it_says_so_and_takes_nobody_in() {
        try (ChatServer chat = start(config -> config.drain(Duration.ofSeconds(1)));
                ChatClient alice = ChatClient.join(chat, "alice")) {
            ChatClient visitor = alice.tab();
            assertThat(visitor.get("readyz").statusCode()).isEqualTo(200);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(chat::close);
            await().until(() -> visitor.get("readyz").statusCode() == 503);
            assertThat(visitor.get("healthz").statusCode()).isEqualTo(200);
            assertThat(visitor.connects("rooms/lobby/live")).isEqualTo(503);
            assertThat(alice.isConnected()).isTrue();
            alice.posts("still taken");

            assertThat(alice.closeCode()).isEqualTo(1012);
            closing.join();
        }
    }

    @Test
    void one_that_was_let_in_before_it_goes_down_and_opens_after_is_sent_away_too() throws SQLException {
        String database = postgres.fresh();
        ChatServer chat = start(config -> config.databaseUrl(database));
        ChatClient alice = ChatClient.join(chat, "alice");
        CompletableFuture<StalledReader> opening;
        CompletableFuture<Void> closing;
        try (Connection other = DriverManager.getConnection(database);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table rooms");
            opening = CompletableFuture.supplyAsync(() -> new StalledReader(chat, alice));
            await().until(() -> statement
                    .executeQuery("select 1 from pg_locks where not granted")
                    .next());
            closing = CompletableFuture.runAsync(chat::close);
            assertThat(alice.closeCode()).isEqualTo(1012);
        }
        try (StalledReader late = opening.join()) {
            late.readTo("restarting");
        }
        closing.join();
    }

    @Test
    void it_is_ready_when_its_database_is() {
        try (ChatServer chat = start(config -> config.databaseUrl(postgres.fresh()))) {
            ChatClient visitor = new ChatClient(chat.url(), "visitor");
            await().until(() -> visitor.get("readyz").statusCode() == 200);
            postgres.stop();
            try {
                await().until(() -> visitor.get("readyz").statusCode() == 503);
                assertThat(visitor.get("healthz").statusCode()).isEqualTo(200);
            } finally {
                postgres.restart();
            }
            await().until(() -> visitor.get("readyz").statusCode() == 200);
        }
    }

    private ChatServer start(Consumer<ChatConfig> settings) {
        return ChatServer.start(config -> settings.accept(config.port(0).dataDirectory(directory)));
    }
}
