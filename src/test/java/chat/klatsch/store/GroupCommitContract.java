package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.message.RoomSequence;
import chat.klatsch.store.message.SqlMessageStore;
import chat.klatsch.store.room.SqlMembershipStore;
import chat.klatsch.store.room.SqlRoomStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written to several rooms at the same time, on every engine. */
abstract class GroupCommitContract {
    private static final int CROWD = 8;

    private final ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
    private String url;
    private Database database;
    private SqlMessageStore messages;
    private SqlMembershipStore members;
    private User alice;
    private User bob;

    /** The URL of a database of this test's own. */
    abstract String url();

    @BeforeEach
    void open() {
        url = url();
        reopen();
        alice = person("alice");
        bob = person("bob");
    }

    @AfterEach
    void close() {
        crowd.shutdownNow();
        database.close();
    }

    @Test
    void each_room_has_one_order_without_gaps_in_which_everybodys_messages_come_as_they_were_sent() {
        List<RoomId> rooms = IntStream.range(0, 6).mapToObj(this::room).toList();
        List<CompletableFuture<Void>> writers = IntStream.range(0, CROWD)
                .mapToObj(writer -> CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; n < 60; n++) {
                                RoomId room = rooms.get((writer + n) % rooms.size());
                                assertThat(post(room, alice, writer + ":" + n))
                                        .singleElement()
                                        .satisfies(entry -> assertThat(
                                                        entry.message().room())
                                                .isEqualTo(room));
                            }
                        },
                        crowd))
                .toList();
        writers.forEach(CompletableFuture::join);
        for (RoomId room : rooms) {
            List<LogEntry> all = messages.after(room, 0, 1_000);
            assertThat(MessageStoreContract.seqs(all)).isEqualTo(MessageStoreContract.range(1, CROWD * 10));
            assertThat(all.stream().map(LogEntry::version)).isEqualTo(MessageStoreContract.range(1, CROWD * 10));
            assertThat(messages.lastSeq(room)).isEqualTo(CROWD * 10L);
            Map<String, Integer> last = new ConcurrentHashMap<>();
            all.forEach(entry -> {
                String[] text = entry.message().body().split(":");
                int n = Integer.parseInt(text[1]);
                assertThat(last.merge(text[0], n, Math::max)).isEqualTo(n);
            });
        }
    }

    @Test
    void a_room_that_is_locked_keeps_only_those_waiting_who_write_to_it() {
        RoomId locked = room(1);
        RoomId free = room(2);
        CompletableFuture<Void> enough = new CompletableFuture<>();
        CompletableFuture<Void> holder = holds(handle -> RoomSequence.open(handle, locked), enough);
        CompletableFuture<List<LogEntry>> waiting =
                CompletableFuture.supplyAsync(() -> post(locked, alice, "later"), crowd);
        for (int n = 0; n < 20; n++) {
            post(free, alice, "now " + n);
        }
        assertThat(waiting).isNotDone();
        enough.complete(null);
        assertThat(MessageStoreContract.seqs(waiting.join())).containsExactly(1L);
        holder.join();
        assertThat(messages.lastSeq(free)).isEqualTo(20);
    }

    @Test
    void what_cannot_be_stored_in_one_room_costs_nobody_in_another() {
        RoomId muted = room(1);
        RoomId again = room(2);
        RoomId fine = room(3);
        RoomId gone = new RoomId("gone");
        members.mute(muted, bob.id(), alice.id(), MessageStoreContract.NOW);
        post(again, alice, "said before");
        for (int round = 1; round <= 20; round++) {
            CyclicBarrier barrier = new CyclicBarrier(4);
            List<CompletableFuture<List<LogEntry>>> posts = new ArrayList<>();
            String text = "round " + round;
            posts.add(together(barrier, muted, bob, text));
            posts.add(together(barrier, gone, alice, text));
            posts.add(together(barrier, again, alice, "said before"));
            posts.add(together(barrier, fine, alice, text));
            assertThat(refusal(posts.get(0))).contains(Kind.FORBIDDEN);
            assertThat(refusal(posts.get(1))).contains(Kind.NOT_FOUND);
            assertThat(MessageStoreContract.seqs(posts.get(2).join())).containsExactly(1L);
            assertThat(MessageStoreContract.seqs(posts.get(3).join())).containsExactly((long) round);
        }
        assertThat(messages.lastSeq(muted)).isZero();
        assertThat(messages.lastSeq(again)).isEqualTo(1);
    }

    @Test
    void a_person_whose_row_is_locked_keeps_nobody_waiting_who_writes_to_another_room_later() {
        RoomId one = room(1);
        RoomId other = room(2);
        CompletableFuture<Void> enough = new CompletableFuture<>();
        CompletableFuture<Void> holder = holds(
                handle -> handle.select(
                                "select 1 from users where id = ? for update",
                                alice.id().value())
                        .mapTo(Integer.class)
                        .one(),
                enough);
        CompletableFuture<List<LogEntry>> waiting =
                CompletableFuture.supplyAsync(() -> post(one, alice, "later"), crowd);
        await().until(() -> waiting.isDone()
                || database.inTransaction(handle -> RoomSequence.openFree(handle, List.of(one)))
                        .isEmpty());
        for (int n = 0; n < 20; n++) {
            post(other, bob, "now " + n);
        }
        assertThat(holder).isNotDone();
        enough.complete(null);
        assertThat(MessageStoreContract.seqs(waiting.join())).containsExactly(1L);
        holder.join();
    }

    @Test
    void answers_in_several_rooms_are_found_by_what_they_answer_and_go_with_their_room() {
        List<RoomId> rooms = List.of(room(1), room(2), room(3));
        for (RoomId room : rooms) {
            post(room, alice, "a question");
        }
        List<CompletableFuture<List<LogEntry>>> answers = rooms.stream()
                .map(room -> CompletableFuture.supplyAsync(() -> answer(room, "@alice yes"), crowd))
                .toList();
        answers.forEach(answer -> assertThat(answer.join())
                .singleElement()
                .satisfies(entry -> assertThat(
                                entry.message().quote().orElseThrow().excerpt())
                        .isEqualTo("a question")));
        for (RoomId room : rooms) {
            assertThat(MessageStoreContract.seqs(edited(room))).containsExactly(1L, 2L);
            new SqlRoomStore(database).delete(alice.id(), room);
            assertThat(messages.versions(List.of(room))).isEmpty();
        }
    }

    @Test
    void answers_from_before_there_was_a_table_of_them_are_found_too() throws SQLException {
        RoomId room = room(1);
        post(room, alice, "a question");
        answer(room, "yes");
        database.close();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table answers");
            statement.execute("create index messages_by_reply on messages (room_id, reply_to)");
            statement.execute("delete from schema_version where version > 6");
        }
        reopen();
        assertThat(MessageStoreContract.seqs(edited(room))).containsExactly(1L, 2L);
    }

    /** Keeps locks in a transaction of its own until that is enough; returns when it has them. */
    private CompletableFuture<Void> holds(Consumer<Handle> locks, CompletableFuture<Void> enough) {
        CompletableFuture<Void> holding = new CompletableFuture<>();
        CompletableFuture<Void> holder = CompletableFuture.runAsync(
                () -> database.inTransaction(handle -> {
                    locks.accept(handle);
                    holding.complete(null);
                    return enough.orTimeout(2, TimeUnit.SECONDS).join();
                }),
                crowd);
        holding.join();
        return holder;
    }

    /** Those that have changed because the first message of the room has. */
    private List<LogEntry> edited(RoomId room) {
        long before = messages.version(room);
        messages.edit(room, 1, alice.id(), "another question", MessageStoreContract.NOW);
        return messages.changes(room, before, 10);
    }

    private List<LogEntry> answer(RoomId room, String text) {
        return messages.append(room, List.of(new Draft(bob, text, text, OptionalLong.of(1))), MessageStoreContract.NOW);
    }

    private void reopen() {
        database = Database.open(url, Duration.ZERO);
        messages = new SqlMessageStore(database);
        members = new SqlMembershipStore(database);
    }

    private CompletableFuture<List<LogEntry>> together(CyclicBarrier barrier, RoomId room, User author, String text) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        barrier.await();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                    return post(room, author, text);
                },
                crowd);
    }

    private static Optional<Kind> refusal(CompletableFuture<?> post) {
        return post.<Optional<Kind>>handle((stored, failure) -> Optional.ofNullable(failure)
                        .map(Throwable::getCause)
                        .map(cause -> ((ChatException) cause).kind()))
                .join();
    }

    private List<LogEntry> post(RoomId room, User author, String text) {
        return messages.append(room, List.of(new Draft(author, text, text)), MessageStoreContract.NOW);
    }

    private RoomId room(int number) {
        RoomId room = new RoomId("room" + number);
        new SqlRoomStore(database)
                .create(room, new RoomName("Room " + number), Room.Kind.OPEN, alice.id(), MessageStoreContract.NOW);
        members.join(room, bob.id(), MessageStoreContract.NOW);
        return room;
    }

    private User person(String name) {
        return new SqlAccountStore(database)
                .create(new NewAccount(name, "correct horse", Optional.empty()), "hash", MessageStoreContract.NOW);
    }
}
