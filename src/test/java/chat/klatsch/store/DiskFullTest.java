package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Log;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a chat whose embedded database has no room left on its disk. */
class DiskFullTest {
    private static final int WRITERS = 4;
    private static final int REFUSALS = 60;

    @TempDir
    Path directory;

    private ChatServer chat;

    @BeforeEach
    void start() {
        FilePath.register(new FullDiskPath());
        chat = ChatServer.start(config -> config.port(0)
                .databaseUrl("jdbc:h2:" + FullDiskPath.SCHEME + ":" + directory.resolve("test"))
                .limit(Limit.POSTS_PER_MINUTE, 0)
                .limit(Limit.CONNECTIONS_PER_ADDRESS, 0));
    }

    @AfterEach
    void stop() {
        FullDiskPath.FULL.set(false);
        chat.close();
    }

    @Test
    void a_full_disk_is_answered_with_503_and_the_chat_works_soon_after_there_is_room() {
        ChatClient alice = ChatClient.join(chat, "alice");
        alice.posts("before");
        Set<Integer> statuses = new TreeSet<>();
        String log;
        try (Log written = new Log()) {
            FullDiskPath.FULL.set(true);
            statuses.addAll(refusals(alice));
            FullDiskPath.FULL.set(false);
            await().atMost(Duration.ofSeconds(5)).until(() -> post(alice, "after", "after") == 201);
            assertThat(alice.posts("after", "after")).isEqualTo(2);
            log = written.text();
        }
        assertThat(statuses).containsExactly(503);
        assertThat(log.lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")))
                .singleElement()
                .asString()
                .contains("The database is not responding");
        assertThat(log).containsOnlyOnce("The database is responding again");
        alice.sees("after");
        assertThat(alice.bodies()).containsExactly("before", "after");
        assertThat(alice.isConnected()).isTrue();
        alice.close();
    }

    /** Returns the answers to posts of several writers, who read a page after each. */
    private static Set<Integer> refusals(ChatClient alice) {
        AtomicInteger number = new AtomicInteger();
        List<CompletableFuture<Set<Integer>>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            writers.add(CompletableFuture.supplyAsync(() -> {
                Set<Integer> statuses = new TreeSet<>();
                for (int post; (post = number.getAndIncrement()) < REFUSALS; ) {
                    statuses.add(post(alice, "refused", "refused " + post));
                    assertThat(alice.get("rooms/lobby").statusCode()).isIn(200, 503);
                }
                return statuses;
            }));
        }
        Set<Integer> all = new TreeSet<>();
        writers.forEach(writer -> all.addAll(writer.join()));
        return all;
    }

    private static int post(ChatClient author, String text, String key) {
        return author.post("rooms/lobby/messages", Map.of("body", text, "key", key), "Accept", "application/json")
                .statusCode();
    }
}
