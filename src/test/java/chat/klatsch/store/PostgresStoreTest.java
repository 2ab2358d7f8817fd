package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.message.LogEntry;
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
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresStoreTest extends MessageStoreContract {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    private final String url = postgres.fresh();

    @Override
    String url() {
        return url;
    }

    @Override
    String primaryKey() {
        return "(rooms|sessions)_pkey.*\\n\\s*Index Cond: ";
    }

    @Override
    void preferIndexes(Handle handle) {
        handle.execute("set local enable_seqscan = off");
    }

    @Test
    void a_text_that_it_takes_for_none_is_refused_and_no_failure() {
        assertThatThrownBy(() -> rooms.invited("\0", NOW))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.MALFORMED));
    }

    @Test
    void writers_of_two_chats_get_one_order_and_each_message_is_there_once() {
        Map<String, Long> places = new ConcurrentHashMap<>();
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try (Database other = Database.open(url, Duration.ZERO)) {
            List<SqlMessageStore> stores = List.of(store, new SqlMessageStore(other));
            List<CompletableFuture<Void>> writers = IntStream.range(0, 8)
                    .mapToObj(writer -> CompletableFuture.runAsync(
                            () -> {
                                for (int n = 0; n < 40; n++) {
                                    // Each of four people's messages comes over both chats, at about the same time.
                                    String text = "person " + writer / 2 + " says " + n;
                                    LogEntry stored = stores.get(writer % 2)
                                            .append(RoomId.LOBBY, List.of(draft(text, text)), NOW)
                                            .get(0);
                                    assertThat(places.merge(
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
        assertThat(places.values().stream().sorted()).isEqualTo(range(1, 160));
        assertThat(seqs(store.after(RoomId.LOBBY, 0, 1_000))).isEqualTo(range(1, 160));
    }

    @Test
    void several_that_start_on_an_empty_database_make_one_schema() {
        String empty = postgres.fresh();
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
    void a_room_that_somebody_else_has_locked_is_refused_in_time_and_the_rest_goes_on() throws Exception {
        append(draft("before", "1"));
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select * from rooms where id = 'lobby' for update");
            CompletableFuture<List<LogEntry>> waiting = CompletableFuture.supplyAsync(() -> append(draft("now", "2")));
            assertThat(seqs(store.after(RoomId.LOBBY, 0, 10))).containsExactly(1L);
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
    void what_takes_too_long_or_stands_still_is_given_up_and_the_connection_is_as_good_as_new() {
        assertUnavailable(() -> database.inTransaction(handle -> {
            handle.execute("set local statement_timeout = 100");
            return handle.execute("select pg_sleep(5)");
        }));
        assertUnavailable(() -> database.inTransaction(handle -> {
            handle.execute("set local idle_in_transaction_session_timeout = 100");
            long process = handle.createQuery("select pg_backend_pid()")
                    .mapTo(Long.class)
                    .one();
            await().until(() -> postgres.number("select count(*) from pg_stat_activity where pid = " + process) == 0);
            return handle.execute("select 1");
        }));
        assertThat(append(draft("goes on", "1"))).hasSize(1);
    }

    private static void assertUnavailable(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.UNAVAILABLE));
    }
}
