package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.Messages.Author;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.web.socket.HeartbeatSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the chat's tasks on threads of a host. */
class HostExecutorTest {
    @TempDir
    Path directory;

    @AutoClose("shutdownNow")
    private final ExecutorService one = Executors.newSingleThreadExecutor();

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicBoolean full = new AtomicBoolean();

    private void count(Runnable task) {
        if (full.get()) {
            throw new RejectedExecutionException("full");
        }
        taken.incrementAndGet();
        one.execute(task);
    }

    private ChatServer start(Executor executor) {
        return ChatServer.start(config ->
                config.fromEnvironment().port(0).dataDirectory(directory).executor(executor));
    }

    @Test
    void one_thread_of_the_host_does_the_work_and_stays_when_the_chat_closes() throws Exception {
        try (ChatServer chat = start(this::count);
                ChatClient alice = ChatClient.join(chat, "alice");
                ChatClient bob = ChatClient.join(chat, "bob")) {
            int before = taken.get();
            alice.posts("hello");
            bob.sees("hello");
            assertThat(taken.get()).isGreaterThan(before + 1);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().matches("klatsch-\\d+"));
        }
        assertThat(one.submit(() -> "still there").get()).isEqualTo("still there");
    }

    @Test
    void a_full_executor_delays_posts_and_keeps_their_order() {
        try (ChatServer chat = start(this::count);
                ChatClient alice = ChatClient.join(chat, "alice")) {
            alice.posts("first");
            full.set(true);
            for (int n = 1; n <= 3; n++) {
                alice.sends("{\"body\":\"late %1$s\",\"key\":\"late %1$s\"}".formatted(n));
            }
            HttpResponse<String> page = alice.get("rooms/lobby");
            assertThat(page.body()).contains("first").doesNotContain("late 1");
            full.set(false);
            alice.sees("late 3");
            assertThat(alice.bodies()).containsExactly("first", "late 1", "late 2", "late 3");
        }
    }

    @Test
    void posts_are_refused_while_the_executor_takes_nothing_and_the_chat_recovers() {
        try (ChatServer chat = start(this::count);
                ChatClient alice = ChatClient.join(chat, "alice")) {
            full.set(true);
            assertThat(alice.post("rooms/lobby/messages", Map.of("body", "hello", "key", "k"))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(alice.get("rooms/lobby").statusCode()).isEqualTo(200);
            full.set(false);
            // What was refused may be stored later, and once.
            assertThat(alice.postStatus("rooms/lobby/messages", Map.of("body", "hello", "key", "k")))
                    .isEqualTo(303);
            alice.posts("after");
            await().until(() -> alice.bodies().size() == 2);
            assertThat(alice.bodies()).containsExactly("hello", "after");
        }
    }

    @Test
    void a_pool_that_makes_the_caller_run_what_is_too_much_is_as_good_as_one_that_rejects() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy());
        try (ChatServer chat = start(pool);
                ChatClient alice = ChatClient.join(chat, "alice")) {
            for (int message = 1; message <= 20; message++) {
                chat.messages().post(RoomId.LOBBY, Author.person("alice"), "message " + message);
            }
            alice.sees("message 20");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_host_that_is_slow_to_tell_who_is_signed_in_keeps_no_thread_of_its_executor() throws Exception {
        AtomicBoolean slow = new AtomicBoolean();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        HostUsers users = request -> {
            if (slow.get()) {
                asked.countDown();
                answers.await();
            }
            return Optional.of(new HostUser("17", "anna", "Anna"));
        };
        try (ChatServer chat = ChatServer.start(config -> config.fromEnvironment()
                        .port(0)
                        .dataDirectory(directory)
                        .executor(this::count)
                        .users(users, "/login")
                        .heartbeatSettings(new HeartbeatSettings(Duration.ofSeconds(3), Duration.ofMillis(200))));
                ChatClient anna = new ChatClient(chat.url(), "anna").connect("rooms/lobby/live")) {
            slow.set(true);
            asked.await();
            assertThat(one.submit(anna::isConnected).get(1, TimeUnit.SECONDS)).isTrue();
        } finally {
            answers.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "closed"})
    void an_executor_that_never_takes_a_task_is_refused_and_nothing_is_left(String kind) {
        Executor unusable = kind.equals("direct") ? Runnable::run : one;
        if (kind.equals("closed")) {
            one.shutdownNow();
        }
        assertThatThrownBy(() -> start(unusable))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the executor rejects tasks, or runs them in the calling thread");
        start(Executors.newCachedThreadPool()).close();
    }
}
