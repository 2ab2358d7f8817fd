package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.FaultyProxy;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.RawHttp;
import chat.klatsch.fixture.StalledReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests how the server ends connections. */
class ConnectionsTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void a_silent_connection_is_closed_and_an_idle_one_stays() throws IOException {
        HeartbeatSettings quick = new HeartbeatSettings(Duration.ofMillis(100), Duration.ofSeconds(30));
        chat.configure(config -> config.heartbeatSettings(quick));
        ChatClient alice = chat.join("alice");
        try (FaultyProxy proxy = new FaultyProxy(chat.port());
                ChatClient bob = new ChatClient(proxy.url(), "bob").signUp().connect()) {
            await().until(() -> alice.online() == 2 && bob.online() == 2);
            proxy.silenceSockets();
            await().until(() -> alice.online() == 1);
            assertThat(alice.isConnected()).isTrue();
        }
    }

    @Test
    void a_session_that_ended_on_another_node_is_detected_without_redis() {
        HeartbeatSettings quick = new HeartbeatSettings(Duration.ofSeconds(3), Duration.ofMillis(200));
        String database = postgres.fresh();
        chat.configure(config -> config.databaseUrl(database).heartbeatSettings(quick));
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        try (ChatServer other =
                ChatServer.start(config -> config.fromEnvironment().port(0).databaseUrl(database))) {
            ChatClient atOther = new ChatClient(other.url(), "bob").signIn();
            assertThat(atOther.postStatus("logout", Map.of("everywhere", "true")))
                    .isEqualTo(303);
            assertThat(bob.closeCode()).isEqualTo(1008);
            assertThat(alice.isConnected()).isTrue();
        }
    }

    @Test
    void frames_after_the_end_of_a_session_are_neither_read_nor_sent() {
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        try (StalledReader deaf = new StalledReader(bob)) {
            deaf.sends("{\"body\":\"before\",\"key\":\"1\"}");
            alice.sees("before");
            bob.post("logout", Map.of());
            deaf.sends("{\"body\":\"after\",\"key\":\"2\"}");
            alice.posts("It is quiet");
            assertThat(deaf.takesTheRest()).contains("before").doesNotContain("It is quiet");
            alice.sees("It is quiet");
            assertThat(alice.bodies()).containsExactly("before", "It is quiet");
        }
    }

    @Test
    void a_node_that_drains_is_not_ready_and_refuses_connections() {
        chat.configure(config -> config.drain(Duration.ofSeconds(1)));
        ChatClient alice = chat.join("alice");
        ChatClient visitor = alice.tab();
        assertThat(visitor.getStatus("readyz")).isEqualTo(200);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(chat::stop);
        await().until(() -> visitor.getStatus("readyz") == 503);
        assertThat(RawHttp.request(chat.port(), "HEAD /readyz HTTP/1.1").status())
                .isEqualTo(503);
        assertThat(visitor.getStatus("healthz")).isEqualTo(200);
        assertThat(visitor.connects("rooms/lobby/live")).isEqualTo(503);
        assertThat(alice.isConnected()).isTrue();
        alice.posts("still taken");

        assertThat(alice.closeCode()).isEqualTo(1012);
        closing.join();
    }

    @Test
    void without_a_drain_time_idle_connections_delay_no_stop() {
        chat.configure(config -> config.drain(Duration.ZERO));
        List<Duration> stops = new ArrayList<>();
        do {
            chat.startAgain();
            assertThat(chat.visitor().getStatus("readyz")).isEqualTo(200);
            long begun = System.nanoTime();
            chat.stop();
            stops.add(Duration.ofNanos(System.nanoTime() - begun));
            assertThat(stops).hasSizeLessThan(5);
        } while (stops.stream().noneMatch(stop -> stop.toMillis() < 900));
    }

    @Test
    void a_connection_that_opens_during_shutdown_is_closed() throws SQLException {
        String database = postgres.fresh();
        chat.configure(config -> config.databaseUrl(database));
        ChatClient alice = chat.join("alice");
        CompletableFuture<StalledReader> opening;
        CompletableFuture<Void> closing;
        try (Connection other = DriverManager.getConnection(database);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table klatsch_rooms");
            opening = CompletableFuture.supplyAsync(() -> new StalledReader(alice));
            await().until(() -> statement
                    .executeQuery("select 1 from pg_locks where not granted")
                    .next());
            closing = CompletableFuture.runAsync(chat::stop);
            assertThat(alice.closeCode()).isEqualTo(1012);
        }
        try (StalledReader late = opening.join()) {
            late.readTo("restarting");
        }
        closing.join();
    }

    @Test
    void readiness_follows_the_database() {
        chat.configure(config -> config.databaseUrl(postgres.fresh()));
        ChatClient visitor = chat.visitor("visitor");
        await().until(() -> visitor.getStatus("readyz") == 200);
        postgres.stop();
        try {
            await().until(() -> visitor.getStatus("readyz") == 503);
            assertThat(visitor.getStatus("healthz")).isEqualTo(200);
        } finally {
            postgres.restart();
        }
        await().until(() -> visitor.getStatus("readyz") == 200);
    }
}
