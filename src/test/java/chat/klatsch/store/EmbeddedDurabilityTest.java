package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Entry;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.message.SqlChatStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** What the embedded database holds after a crash, for crashes at many moments of one busy time. */
class EmbeddedDurabilityTest {
    private static final int WRITERS = 16;
    private static final int MESSAGES_EACH = 40;
    private static final int CRASHES = 40;

    @TempDir
    Path directory;

    private RecordedFile file;
    private int begun;

    /** Many people write, and two others acknowledge whatever they see. */
    @BeforeEach
    void write() {
        file = new RecordedFile(directory);
        // Without retention H2 writes into the middle of its file from the first second on, as it otherwise does later.
        try (Database database = Database.open(file.url() + ";RETENTION_TIME=0", Duration.ZERO)) {
            SqlChatStore messages = new SqlChatStore(database);
            User alice = new SqlAccountStore(database)
                    .create(new NewAccount("alice", "correct horse", Optional.empty()), "hash", StoreRules.NOW);
            begun = file.moments();
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2);
            AtomicBoolean finished = new AtomicBoolean();
            List<CompletableFuture<Void>> readers = run(threads, 2, reader -> () -> {
                for (long seen = 0; !finished.get(); ) {
                    for (Entry entry : messages.after(RoomId.LOBBY, seen, 100)) {
                        seen = entry.message().seq();
                        file.acknowledge(seen);
                    }
                }
            });
            run(threads, WRITERS, writer -> () -> {
                        for (int n = 0; n < MESSAGES_EACH; n++) {
                            Draft draft = new Draft(alice, "Message " + writer + "/" + n, writer + "/" + n);
                            messages.append(RoomId.LOBBY, List.of(draft), StoreRules.NOW)
                                    .forEach(entry ->
                                            file.acknowledge(entry.message().seq()));
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
    void a_killed_process_leaves_everything_that_was_acknowledged_or_seen() {
        assertNothingLost(file::afterKill);
    }

    @Test
    void a_power_cut_leaves_everything_that_was_acknowledged_or_seen() {
        assertNothingLost(file::afterPowerCut);
    }

    private void assertNothingLost(IntFunction<RecordedFile.Image> crash) {
        new Random(1)
                .ints(CRASHES, begun, file.moments() + 1)
                .mapToObj(crash)
                .forEach(image -> assertThat(stored(image.file()))
                        .as("stored, for %d acknowledged", image.acknowledged().size())
                        .containsAll(image.acknowledged()));
    }

    private static Set<Long> stored(Path file) {
        return Jdbi.create("jdbc:h2:file:" + file.toString().replace(".mv.db", ""))
                .withHandle(handle -> handle.createQuery("select seq from messages")
                        .mapTo(Long.class)
                        .set());
    }

    private static List<CompletableFuture<Void>> run(ExecutorService threads, int count, IntFunction<Runnable> task) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(CompletableFuture.runAsync(task.apply(i), threads));
        }
        return running;
    }
}
