package chat.klatsch.web.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Postgres;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Searches while the messages are locked, so that each search lasts. */
class SearchTurnsTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void a_user_has_one_search_at_a_time_and_others_search_meanwhile() throws SQLException {
        String url = postgres.fresh();
        try (ChatServer chat = ChatServer.start(
                        config -> config.fromEnvironment().port(0).databaseUrl(url));
                Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            ChatClient alice = new ChatClient(chat.url(), "alice").signUp();
            ChatClient bob = new ChatClient(chat.url(), "bob").signUp();
            alice.posts("cake");
            connection.setAutoCommit(false);
            statement.execute("lock table klatsch_messages in access exclusive mode");

            List<CompletableFuture<HttpResponse<String>>> hers =
                    Stream.generate(() -> search(alice)).limit(6).toList();
            // One runs and one waits.
            await().until(() -> hers.stream().filter(CompletableFuture::isDone).count() == 4);
            assertThat(refused(hers)).hasSize(4).allSatisfy(refusal -> {
                assertThat(refusal.body()).contains("Your last search is still running");
                assertThat(refusal.headers().firstValue("Retry-After")).contains("3");
            });
            CompletableFuture<HttpResponse<String>> his = search(bob);
            await().until(() -> waiting(url) == 2);
            connection.rollback();

            assertThat(his.join().statusCode()).isEqualTo(200);
            assertThat(hers.stream().filter(search -> search.join().statusCode() == 200))
                    .hasSize(2);
            assertThat(search(alice).join().statusCode()).isEqualTo(200);
        }
    }

    /** Asks for JSON, as a page with a refusal would wait for the lock, too. */
    private CompletableFuture<HttpResponse<String>> search(ChatClient user) {
        return CompletableFuture.supplyAsync(() -> user.get("search?q=cake", "Accept", "application/json"), threads);
    }

    private static List<HttpResponse<String>> refused(List<CompletableFuture<HttpResponse<String>>> searches) {
        return searches.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .filter(response -> response.statusCode() == 429)
                .toList();
    }

    /** Returns the number of statements that wait for the lock. */
    private static int waiting(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
