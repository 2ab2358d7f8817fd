package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.LogEntry;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.store.message.RoomSequence;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The group commit of concurrent posts to several rooms. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class GroupCommitTest extends StoreTest {
    private static final int WRITERS = 8;

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    private User alice;
    private User bob;

    @BeforeEach
    void open() {
        openFresh();
        alice = person("alice");
        bob = person("bob");
    }

    @Test
    void each_room_has_one_gapless_order_that_keeps_each_writers_order() {
        List<RoomId> several = IntStream.range(0, 6).mapToObj(this::room).toList();
        List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; n < 60; n++) {
                                RoomId room = several.get((writer + n) % several.size());
                                assertThat(post(room, alice, writer + ":" + n))
                                        .singleElement()
                                        .satisfies(entry -> assertThat(
                                                        entry.message().room())
                                                .isEqualTo(room));
                            }
                        },
                        threads))
                .toList();
        writers.forEach(CompletableFuture::join);
        for (RoomId room : several) {
            List<LogEntry> all = messages.after(room, 0, 1_000);
            assertThat(seqs(all)).isEqualTo(range(1, WRITERS * 10));
            assertThat(all.stream().map(LogEntry::version)).isEqualTo(range(1, WRITERS * 10));
            assertThat(messages.lastSeq(room)).isEqualTo(WRITERS * 10L);
            Map<String, Integer> last = new ConcurrentHashMap<>();
            all.forEach(entry -> {
                String[] text = entry.message().body().split(":");
                int n = Integer.parseInt(text[1]);
                assertThat(last.merge(text[0], n, Math::max)).isEqualTo(n);
            });
        }
    }

    @Test
    void a_locked_room_delays_only_its_own_writers() {
        RoomId locked = room(1);
        RoomId free = room(2);
        CompletableFuture<Void> released = new CompletableFuture<>();
        CompletableFuture<Void> holder = holds(handle -> RoomSequence.open(handle, locked), released);
        CompletableFuture<List<LogEntry>> waiting =
                CompletableFuture.supplyAsync(() -> post(locked, alice, "later"), threads);
        for (int n = 0; n < 20; n++) {
            post(free, alice, "now " + n);
        }
        assertThat(waiting).isNotDone();
        released.complete(null);
        assertThat(seqs(waiting.join())).containsExactly(1L);
        holder.join();
        assertThat(messages.lastSeq(free)).isEqualTo(20);
    }

    @Test
    void a_refused_post_does_not_affect_other_rooms() {
        RoomId muted = room(1);
        RoomId again = room(2);
        RoomId fine = room(3);
        RoomId gone = new RoomId("gone");
        members.mute(muted, bob.id(), alice.id(), "", NOW);
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
            assertThat(seqs(posts.get(2).join())).containsExactly(1L);
            assertThat(seqs(posts.get(3).join())).containsExactly((long) round);
        }
        assertThat(messages.lastSeq(muted)).isZero();
        assertThat(messages.lastSeq(again)).isEqualTo(1);
    }

    @Test
    void a_locked_user_row_does_not_delay_later_posts_to_other_rooms() {
        RoomId one = room(1);
        RoomId other = room(2);
        CompletableFuture<Void> released = new CompletableFuture<>();
        CompletableFuture<Void> holder = holds(
                handle -> handle.select(
                                "select 1 from users where id = ? for update",
                                alice.id().value())
                        .mapTo(Integer.class)
                        .one(),
                released);
        CompletableFuture<List<LogEntry>> waiting =
                CompletableFuture.supplyAsync(() -> post(one, alice, "later"), threads);
        await().until(() -> waiting.isDone()
                || database.inTransaction(handle -> RoomSequence.openUnlocked(handle, List.of(one)))
                        .isEmpty());
        for (int n = 0; n < 20; n++) {
            post(other, bob, "now " + n);
        }
        assertThat(holder).isNotDone();
        released.complete(null);
        assertThat(seqs(waiting.join())).containsExactly(1L);
        holder.join();
    }

    @Test
    void replies_are_found_by_their_message_and_deleted_with_their_room() {
        List<RoomId> several = List.of(room(1), room(2), room(3));
        for (RoomId room : several) {
            post(room, alice, "a question");
        }
        List<CompletableFuture<List<LogEntry>>> answers = several.stream()
                .map(room -> CompletableFuture.supplyAsync(() -> answer(room, "@alice yes"), threads))
                .toList();
        answers.forEach(answer -> assertThat(answer.join())
                .singleElement()
                .satisfies(entry -> assertThat(
                                entry.message().quote().orElseThrow().excerpt())
                        .isEqualTo("a question")));
        for (RoomId room : several) {
            assertThat(seqs(edited(room))).containsExactly(1L, 2L);
            rooms.delete(alice.id(), room);
            assertThat(messages.versions(List.of(room))).isEmpty();
        }
    }

    @Test
    void replies_are_migrated_from_before_their_table_existed() throws SQLException {
        RoomId room = room(1);
        post(room, alice, "a question");
        answer(room, "yes");
        database.close();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table klatsch_answers");
            statement.execute("create index klatsch_messages_by_reply on klatsch_messages (room_id, reply_to)");
            statement.execute("delete from klatsch_migrations where version > 6");
        }
        reopen();
        assertThat(seqs(edited(room))).containsExactly(1L, 2L);
    }

    /** Holds locks in a separate transaction until released. Returns once it has them. */
    private CompletableFuture<Void> holds(Consumer<Handle> locks, CompletableFuture<Void> released) {
        CompletableFuture<Void> holding = new CompletableFuture<>();
        CompletableFuture<Void> holder = CompletableFuture.runAsync(
                () -> database.inTransaction(handle -> {
                    locks.accept(handle);
                    holding.complete(null);
                    return released.orTimeout(2, TimeUnit.SECONDS).join();
                }),
                threads);
        holding.join();
        return holder;
    }

    /** Edits the room's first message and returns everything that changed. */
    private List<LogEntry> edited(RoomId room) {
        long before = messages.version(room);
        messages.edit(room, 1, alice.id(), new Edit("another question"), NOW);
        return messages.changes(room, before, 10);
    }

    private List<LogEntry> answer(RoomId room, String text) {
        return messages.append(room, List.of(new Draft(bob, text, text, OptionalLong.of(1))), NOW);
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
                threads);
    }

    private static Optional<Kind> refusal(CompletableFuture<?> post) {
        return post.<Optional<Kind>>handle((stored, failure) -> Optional.ofNullable(failure)
                        .map(Throwable::getCause)
                        .map(cause -> ((ChatException) cause).kind()))
                .join();
    }

    private List<LogEntry> post(RoomId room, User author, String text) {
        return messages.append(room, List.of(new Draft(author, text, text)), NOW);
    }

    private RoomId room(int number) {
        RoomId room = new RoomId("room" + number);
        rooms.create(room, new RoomName("Room " + number), Room.Kind.OPEN, alice.id(), NOW);
        members.join(room, bob.id(), NOW);
        return room;
    }
}
