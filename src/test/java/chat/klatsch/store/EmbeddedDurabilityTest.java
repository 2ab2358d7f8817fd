package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.message.SqlMessageStore;
import chat.klatsch.store.room.SqlRoomStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records the life of a database file once: its creation, a busy period and its closing. Simulates crashes at many of its
 * moments and checks what the embedded database still holds. {@code -Dcrashes=150} tries more of them.
 */
class EmbeddedDurabilityTest {
    private static final int WRITERS = 16;
    private static final int MESSAGES_EACH = 40;
    private static final int CRASHES = Integer.getInteger("crashes", 40);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final List<RoomId> ROOMS = List.of(RoomId.LOBBY, new RoomId("garden"), new RoomId("kitchen"));

    @TempDir
    static Path directory;

    private static RecordedFile file;
    private static int opened;
    private static int closing;
    private static int closed;

    private final Random random = new Random(SEED);

    /** Runs concurrent writers and one reader for each room, which acknowledges every message it sees. */
    @BeforeAll
    static void record() {
        System.out.println("-Dseed=" + SEED);
        file = new RecordedFile(directory);
        // Without retention H2 reuses space within its file immediately, as it otherwise does after 45 seconds.
        try (Database database = Database.open(file.url() + ";RETENTION_TIME=0", Duration.ZERO)) {
            opened = RecordedFile.moments();
            SqlMessageStore messages = new SqlMessageStore(database);
            User alice = new SqlAccountStore(database)
                    .create(new NewAccount("alice", "correct horse", Optional.empty()), "hash", StoreTest.NOW);
            SqlRoomStore rooms = new SqlRoomStore(database);
            ROOMS.stream()
                    .skip(1)
                    .forEach(room ->
                            rooms.create(room, new RoomName(room.value()), Room.Kind.OPEN, alice.id(), StoreTest.NOW));
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS + ROOMS.size());
            AtomicBoolean finished = new AtomicBoolean();
            List<CompletableFuture<Void>> readers = run(threads, ROOMS.size(), reader -> () -> {
                for (long seen = 0; !finished.get(); ) {
                    for (LogEntry entry : messages.after(ROOMS.get(reader), seen, 100)) {
                        seen = entry.message().seq();
                        file.acknowledge(text(entry));
                    }
                }
            });
            run(threads, WRITERS, writer -> () -> {
                        RoomId room = ROOMS.get(writer % ROOMS.size());
                        for (int n = 0; n < MESSAGES_EACH; n++) {
                            Draft draft = new Draft(alice, writer + "/" + n, "Message " + writer + "/" + n);
                            messages.append(room, List.of(draft), StoreTest.NOW)
                                    .forEach(entry -> file.acknowledge(text(entry)));
                        }
                    })
                    .forEach(CompletableFuture::join);
            finished.set(true);
            readers.forEach(CompletableFuture::join);
            threads.shutdown();
            closing = RecordedFile.moments();
        }
        closed = RecordedFile.stop();
    }

    @AfterAll
    static void close() {
        file.close();
    }

    @Test
    void acknowledged_or_seen_messages_survive_a_killed_process() {
        file.killAt(RecordedFile.chooseMoments(opened, closed, CRASHES, random), this::assertNothingLost);
    }

    @Test
    void acknowledged_or_seen_messages_survive_a_power_cut() {
        cutPower(opened, closing);
    }

    @Test
    void acknowledged_messages_survive_a_power_cut_while_the_chat_stops() {
        cutPower(closing, closed);
    }

    @Test
    void a_database_opens_after_a_power_cut_during_its_first_start() {
        cutPower(0, opened);
    }

    private void cutPower(int since, int until) {
        file.cutPowerAt(RecordedFile.chooseMoments(since, until, CRASHES, random), random, this::assertNothingLost);
    }

    /** Asserts that the database opens, has all acknowledged messages once and without gaps, and can be written. */
    private void assertNothingLost(RecordedFile.Image image) {
        String crash = "after a crash at " + image.moment() + " of " + closed + ", seed " + SEED;
        try (Database database = Database.open(image.url(), Duration.ZERO)) {
            SqlMessageStore messages = new SqlMessageStore(database);
            List<String> stored = new ArrayList<>();
            for (RoomId room : ROOMS) {
                List<LogEntry> entries = messages.after(room, 0, 10_000);
                assertThat(entries)
                        .as(crash)
                        .extracting(entry -> entry.message().seq())
                        .containsExactlyElementsOf(StoreTest.range(1, entries.size()));
                assertThat(entries)
                        .as(crash)
                        .extracting(entry -> entry.message().body())
                        .doesNotHaveDuplicates();
                entries.forEach(entry -> stored.add(text(entry)));
            }
            assertThat(stored).as(crash).containsAll(image.acknowledged());
            User bob = new SqlAccountStore(database)
                    .create(new NewAccount("bob", "correct horse", Optional.empty()), "hash", StoreTest.NOW);
            messages.append(RoomId.LOBBY, List.of(new Draft(bob, "key", "after the crash")), StoreTest.NOW);
        } catch (RuntimeException e) {
            throw new AssertionError("The database is damaged " + crash, e);
        }
    }

    private static String text(LogEntry entry) {
        return entry.message().room() + "/" + entry.message().seq() + " "
                + entry.message().body();
    }

    private static List<CompletableFuture<Void>> run(ExecutorService threads, int count, IntFunction<Runnable> task) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(CompletableFuture.runAsync(task.apply(i), threads));
        }
        return running;
    }
}
