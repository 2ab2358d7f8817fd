package chat.klatsch.faults;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.JarProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the node with the embedded database repeatedly while many users post. */
class KillIT {
    private static final int WRITERS = 16;
    private static final int KILLS = Integer.getInteger("faults.kills", Plan.isLong() ? 30 : 5);
    private static final Duration SHORTEST_LIFE = Duration.ofMillis(200);
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(2);

    @TempDir
    Path scratch;

    private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void every_acknowledged_message_survives_a_kill_at_any_moment() throws IOException {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            String life = "life " + kill;
            int before = acknowledged.size();
            try (JarProcess chat = start()) {
                boolean isNew = kill == 0;
                List<ChatClient> people = IntStream.range(0, WRITERS)
                        .mapToObj(number -> new ChatClient(chat.url(), "writer" + number))
                        .map(writer -> isNew ? writer.signUp() : writer.signIn())
                        .toList();
                List<CompletableFuture<Void>> writing = people.stream()
                        .map(writer -> CompletableFuture.runAsync(() -> postUntilItFails(writer, life), threads))
                        .toList();
                LockSupport.parkNanos(random.nextLong(SHORTEST_LIFE.toNanos(), LONGEST_LIFE.toNanos()));
                chat.kill();
                writing.forEach(CompletableFuture::join);
            }
            Map<Long, String> stored = stored();
            System.out.printf("%s: %s acknowledged, %s stored%n", life, acknowledged.size() - before, stored.size());
            assertThat(stored).containsAllEntriesOf(acknowledged);
            assertThat(stored.keySet())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, stored.size()).boxed().toList());
            assertThat(stored.values()).doesNotHaveDuplicates();
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS * WRITERS);
    }

    private void postUntilItFails(ChatClient writer, String life) {
        for (int n = 0; ; n++) {
            String body = writer.username() + ", " + life + ", message " + n;
            try {
                acknowledged.put(writer.posts(body), body);
            } catch (UncheckedIOException killed) {
                return;
            }
        }
    }

    /** Without retention, H2 reuses space in the middle of its file from the start, as it otherwise does later. */
    private JarProcess start() {
        return new JarProcess(
                scratch,
                "--port=0",
                "--password-memory=1",
                "--database=jdbc:h2:file:" + scratch.resolve("killed") + ";RETENTION_TIME=0",
                "--limits.postsPerMinute=0",
                "--limits.connectionsPerAddress=0");
    }

    /**
     * Returns the stored messages from a copy of the file, because opening the file itself would repair it for the next
     * start.
     */
    private Map<Long, String> stored() throws IOException {
        Path copy = scratch.resolve("copy.mv.db");
        Files.deleteIfExists(copy);
        Files.copy(scratch.resolve("killed.mv.db"), copy);
        return Jdbi.create("jdbc:h2:file:" + scratch.resolve("copy"))
                .withHandle(handle -> handle.createQuery("select seq, body from klatsch_messages order by seq")
                        .setMapKeyColumn("seq")
                        .setMapValueColumn("body")
                        .collectInto(new GenericType<Map<Long, String>>() {}));
    }
}
