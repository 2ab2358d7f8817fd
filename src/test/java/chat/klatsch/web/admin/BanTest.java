package chat.klatsch.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BanTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @Test
    void a_ban_ends_connections_also_while_somebody_else_keeps_the_lock_of_a_room() throws SQLException {
        String url = postgres.fresh();
        try (ChatServer chat = ChatServer.start(config -> config.port(0).databaseUrl(url));
                Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            ChatClient operator = new ChatClient(chat.url(), "alice").signUp();
            ChatClient banned = new ChatClient(chat.url(), "bob").signUp().connect();
            connection.setAutoCommit(false);
            statement.execute("select 1 from klatsch_rooms for update");
            CompletableFuture<Integer> ban = CompletableFuture.supplyAsync(
                    () -> operator.postStatus("admin/users/ban", Map.of("username", "bob")));
            assertThat(banned.closeCode()).isEqualTo(1008);
            assertThat(ban).isNotDone();
            connection.rollback();
            assertThat(ban.join()).isEqualTo(303);
        }
    }
}
