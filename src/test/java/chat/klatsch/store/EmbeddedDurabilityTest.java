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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulates crashes at many moments of a busy period and checks what the embedded database still holds. */
class EmbeddedDurabilityTest {
    private static final int WRITERS = 16;
    private static final int MESSAGES_EACH = 40;
    private static final int CRASHES = 150;
    private static final List<RoomId> ROOMS = List.of(RoomId.LOBBY, new RoomId("garden"), new RoomId("kitchen"));

    @TempDir
    Path directory;

    private RecordedFile file;
    private int start;

    /** Runs concurrent writers and one reader for each room, which acknowledges every message it sees. */
    @BeforeEach
    void write() {
        file = new RecordedFile(directory);
        // Without retention H2 reuses space within its file immediately, as it otherwise does after 45 seconds.
        try (Database database = Database.open(file.url() + ";RETENTION_TIME=0", Duration.ZERO)) {
            SqlMessageStore messages = new SqlMessageStore(database);
            User alice = new SqlAccountStore(database)
                    .create(new NewAccount("alice", "correct horse", Optional.empty()), "hash", StoreTest.NOW);
            SqlRoomStore rooms = new SqlRoomStore(database);
            ROOMS.stream()
                    .skip(1)
                    .forEach(room ->
                            rooms.create(room, new RoomName(room.value()), Room.Kind.OPEN, alice.id(), StoreTest.NOW));
            start = RecordedFile.moments();
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS + ROOMS.size());
            AtomicBoolean finished = new AtomicBoolean();
            List<CompletableFuture<Void>> readers = run(threads, ROOMS.size(), reader -> () -> {
                for (long seen = 0; !finished.get(); ) {
                    for (LogEntry entry : messages.after(ROOMS.get(reader), seen, 100)) {
                        seen = entry.message().seq();
                        file.acknowledge(name(entry.message().room(), seen));
                    }
                }
            });
            run(threads, WRITERS, writer -> () -> {
                        RoomId room = ROOMS.get(writer % ROOMS.size());
                        for (int n = 0; n < MESSAGES_EACH; n++) {
                            Draft draft = new Draft(alice, "Message " + writer + "/" + n, writer + "/" + n);
                            messages.append(room, List.of(draft), StoreTest.NOW)
                                    .forEach(entry -> file.acknowledge(
                                            name(room, entry.message().seq())));
                        }
                    })
                    .forEach(CompletableFuture::join);
            finished.set(true);
            readers.forEach(CompletableFuture::join);
            threads.shutdown();
        }
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void acknowledged_or_seen_messages_survive_a_killed_process() {
        assertNothingLost(file::afterKill);
    }

    @Test
    void acknowledged_or_seen_messages_survive_a_power_cut() {
        assertNothingLost(file::afterPowerCut);
    }

    private void assertNothingLost(IntFunction<RecordedFile.Image> crash) {
        List<Integer> moments = new ArrayList<>(file.momentsBeforeChanges(start));
        Collections.shuffle(moments, new Random(1));
        for (int moment : moments.subList(0, Math.min(CRASHES, moments.size()))) {
            RecordedFile.Image image = crash.apply(moment);
            assertThat(stored(image.file()))
                    .as("stored after a crash at %s of %s", moment, RecordedFile.moments())
                    .containsAll(image.acknowledged());
        }
    }

    private static Set<String> stored(Path file) {
        return Jdbi.create("jdbc:h2:file:" + file.toString().replace(".mv.db", ""))
                .withHandle(handle -> handle.createQuery("select room_id, seq from messages")
                        .map((row, context) -> name(new RoomId(row.getString("room_id")), row.getLong("seq")))
                        .set());
    }

    private static String name(RoomId room, long seq) {
        return room + "/" + seq;
    }

    private static List<CompletableFuture<Void>> run(ExecutorService threads, int count, IntFunction<Runnable> task) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(CompletableFuture.runAsync(task.apply(i), threads));
        }
        return running;
    }
}
