package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.message.SqlMessageStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The behaviour of a database server: several nodes, locks of other sessions, time-outs. */
@ParameterizedClass
@EnumSource(value = StoreTest.Engine.class, names = "POSTGRESQL")
class PostgresStoreTest extends StoreTest {
    private User alice;

    @BeforeEach
    void open() {
        openFresh();
        alice = person("alice");
    }

    @Test
    void text_that_the_server_rejects_is_refused_as_malformed() {
        refused(ChatException.Kind.MALFORMED, () -> invitations.byLink("\0", NOW));
    }

    @Test
    void writers_on_two_nodes_get_one_order_and_no_duplicates() {
        Map<String, Long> numbers = new ConcurrentHashMap<>();
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try (Database other = Database.open(url, Duration.ZERO)) {
            List<SqlMessageStore> stores = List.of(messages, new SqlMessageStore(other));
            List<CompletableFuture<Void>> writers = IntStream.range(0, 8)
                    .mapToObj(writer -> CompletableFuture.runAsync(
                            () -> {
                                for (int n = 0; n < 40; n++) {
                                    // Both nodes post each of four users' messages at about the same time.
                                    String text = "person " + writer / 2 + " says " + n;
                                    LogEntry stored = stores.get(writer % 2)
                                            .append(RoomId.LOBBY, List.of(draft(text, text)), NOW)
                                            .get(0);
                                    assertThat(numbers.merge(
                                                    text, stored.message().seq(), (a, b) -> a.equals(b) ? a : -1L))
                                            .isPositive();
                                }
                            },
                            executor))
                    .toList();
            writers.forEach(CompletableFuture::join);
        } finally {
            executor.shutdown();
        }
        assertThat(numbers.values().stream().sorted()).isEqualTo(range(1, 160));
        assertThat(seqs(messages.after(RoomId.LOBBY, 0, 1_000))).isEqualTo(range(1, 160));
    }

    @Test
    void concurrent_starts_create_one_schema() {
        String empty = postgres.empty();
        ExecutorService executor = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Database>> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(CompletableFuture.supplyAsync(() -> Database.open(empty, Duration.ZERO), executor));
        }
        List<Database> databases = starts.stream().map(CompletableFuture::join).toList();
        executor.shutdown();
        for (int i = 0; i < databases.size(); i++) {
            new SqlAccountStore(databases.get(i))
                    .create(new NewAccount("person" + i, "correct horse", Optional.empty()), "hash", NOW);
            assertThat(new SqlMessageStore(databases.get(i)).lastSeq(RoomId.LOBBY))
                    .isZero();
        }
        databases.forEach(Database::close);
    }

    @Test
    void a_post_to_a_locked_room_times_out_and_everything_else_continues() throws Exception {
        append(draft("before", "1"));
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select * from klatsch_rooms where id = 'lobby' for update");
            CompletableFuture<List<LogEntry>> waiting = CompletableFuture.supplyAsync(() -> append(draft("now", "2")));
            assertThat(seqs(messages.after(RoomId.LOBBY, 0, 10))).containsExactly(1L);
            assertThat(accounts.credentials("alice")).isPresent();
            assertThat(waiting)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(ChatException.class)
                    .withMessageContaining("too busy");
            other.rollback();
        }
        assertThat(append(draft("now", "2")).get(0).message().seq()).isEqualTo(2);
    }

    @Test
    void a_transaction_takes_no_further_posts_once_it_has_a_thousand() {
        User bob = person("bob");
        List<RoomId> several =
                IntStream.range(0, 8).mapToObj(n -> new RoomId("room" + n)).toList();
        several.forEach(room -> rooms.create(room, new RoomName(room.value()), Room.Kind.OPEN, bob.id(), NOW));
        CompletableFuture<Void> released = new CompletableFuture<>();
        ExecutorService executor = Executors.newFixedThreadPool(several.size() + 2);
        try {
            CompletableFuture<Void> holding = new CompletableFuture<>();
            CompletableFuture<Void> holder = CompletableFuture.supplyAsync(
                    () -> database.inTransaction(handle -> {
                        handle.execute("select 1 from users where username = 'alice' for update");
                        holding.complete(null);
                        return released.orTimeout(2, TimeUnit.SECONDS).join();
                    }),
                    executor);
            holding.join();
            // The first transaction waits for the lock, and everything else gathers meanwhile.
            CompletableFuture<List<LogEntry>> first =
                    CompletableFuture.supplyAsync(() -> append(draft("first", "1")), executor);
            await().until(() -> postgres.number("select count(*) from pg_locks where not granted") > 0);
            List<CompletableFuture<List<LogEntry>>> all = several.stream()
                    .map(room -> {
                        List<Draft> drafts = IntStream.range(0, 300)
                                .mapToObj(n -> new Draft(bob, "post " + n, "" + n))
                                .toList();
                        return CompletableFuture.supplyAsync(() -> messages.append(room, drafts, NOW), executor);
                    })
                    .toList();
            all.forEach(each -> assertThat(each.join()).hasSize(300));
            released.complete(null);
            assertThat(first.join()).hasSize(1);
            holder.join();
        } finally {
            executor.shutdown();
        }
        assertThat(
                        postgres.number(
                                url,
                                "select max(posts) from (select count(*) as posts from klatsch_messages group by xmin::text) t"))
                .isBetween(300L, 1_299L);
    }

    @Test
    void slow_and_idle_transactions_are_aborted_and_the_pool_recovers() {
        refused(
                ChatException.Kind.UNAVAILABLE,
                () -> database.inTransaction(handle -> {
                    handle.execute("set local statement_timeout = 100");
                    return handle.execute("select pg_sleep(5)");
                }));
        refused(
                ChatException.Kind.UNAVAILABLE,
                () -> database.inTransaction(handle -> {
                    handle.execute("set local idle_in_transaction_session_timeout = 100");
                    long process = handle.createQuery("select pg_backend_pid()")
                            .mapTo(Long.class)
                            .one();
                    await().until(() ->
                            postgres.number("select count(*) from pg_stat_activity where pid = " + process) == 0);
                    return handle.execute("select 1");
                }));
        assertThat(append(draft("goes on", "1"))).hasSize(1);
    }

    private Draft draft(String body, String key) {
        return new Draft(alice, body, key);
    }
}
