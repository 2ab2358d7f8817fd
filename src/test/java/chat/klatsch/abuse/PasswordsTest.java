package chat.klatsch.abuse;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Abuse of the forms that take a password. */
class PasswordsTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void a32_an_unknown_user_and_a_wrong_password_get_the_same_answer() {
        chat.user("alice");
        HttpResponse<String> unknown = signIn(chat.visitor(), "nobody", "a wrong password");
        HttpResponse<String> wrong = signIn(chat.visitor(), "alice", "a wrong password");
        assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.body().replace("nobody", "alice")).isEqualTo(wrong.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(wrong.headers().map().keySet());
    }

    @Test
    void a32_an_unknown_user_costs_as_much_as_a_wrong_password() {
        chat.user("alice");
        signIn(chat.visitor(), "nobody", "a wrong password");
        long unknown = hashing(() -> signIn(chat.visitor(), "nobody", "a wrong password"));
        long wrong = hashing(() -> signIn(chat.visitor(), "alice", "a wrong password"));
        assertThat(wrong).isPositive();
        assertThat(unknown).isBetween(wrong / 3, 3 * wrong);
    }

    /** Returns the processor time that hashing takes for three attempts. */
    private static long hashing(Runnable attempt) {
        long before = processorTimeOfHashing();
        for (int i = 0; i < 3; i++) {
            attempt.run();
        }
        return processorTimeOfHashing() - before;
    }

    private static long processorTimeOfHashing() {
        return hashingThreads()
                .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()))
                .sum();
    }

    private static Stream<Thread> hashingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("klatsch-hash-"));
    }

    @Test
    void a33_whoever_tries_which_names_are_taken_is_slowed_down() {
        chat.configure(config -> config.limit(Limit.SIGN_UPS_PER_ADDRESS, 6).limit(Limit.ROOM_CHANGES_PER_MINUTE, 5));
        chat.user("alice");
        ChatClient mallory = chat.user("mallory");
        List<Integer> statuses = IntStream.range(0, 8)
                .map(attempt -> chat.visitor()
                        .postStatus(
                                "signup",
                                Map.of("username", "alice", "password", ChatClient.PASSWORD),
                                "X-Forwarded-For",
                                "192.0.2." + attempt))
                .boxed()
                .toList();
        assertThat(statuses).startsWith(409, 409, 409, 409, 429).endsWith(429);
        ChatClient room = mallory.makes("Probe", "closed");
        assertThat(IntStream.range(0, 8)
                        .mapToObj(attempt -> attempt % 2 == 0
                                ? mallory.postStatus(room.at("members"), Map.of("username", "name" + attempt))
                                : mallory.postStatus("direct/name" + attempt, Map.of())))
                .startsWith(404, 404, 404, 404)
                .contains(429);
    }

    @Test
    void a34_guesses_are_limited_by_account_and_address_and_do_not_lock_the_owner_out() {
        chat.configure(config -> config.limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 1));
        ChatClient owner = chat.user("alice");
        List<Integer> ofOneAccount = guesses(3, attempt -> "alice");
        assertThat(ofOneAccount).startsWith(401).contains(429);
        List<Integer> ofMany = guesses(12, attempt -> "nobody" + attempt);
        assertThat(ofMany).startsWith(401).contains(429);
        assertThat(signIn(owner, "alice", ChatClient.PASSWORD).statusCode()).isEqualTo(303);
        assertThat(owner.postStatus(
                        "settings/email", Map.of("email", "a@example.org", "password", ChatClient.PASSWORD)))
                .isEqualTo(303);
    }

    @Test
    void a35_many_parallel_sign_ins_are_hashed_a_few_at_a_time_or_refused() {
        ChatClient alice = chat.user("alice");
        ExecutorService all = Executors.newFixedThreadPool(200);
        try {
            List<CompletableFuture<HttpResponse<String>>> attempts = IntStream.range(0, 200)
                    .mapToObj(attempt -> CompletableFuture.supplyAsync(
                            () -> signIn(alice, "nobody" + attempt, "a wrong password"), all))
                    .toList();
            assertThat(attempts.stream()
                            .map(CompletableFuture::join)
                            .collect(groupingBy(HttpResponse::statusCode))
                            .keySet())
                    .contains(401, 503)
                    .isSubsetOf(401, 429, 503);
        } finally {
            all.shutdownNow();
        }
        assertThat(hashingThreads().count()).isBetween(1L, (long)
                Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
        refuses("x".repeat(1_000_000));
        refuses("x".repeat(900_000));
    }

    /** The server may close the connection while the client is still sending. */
    private void refuses(String password) {
        try {
            assertThat(signIn(chat.visitor(), "alice", password).statusCode()).isIn(413, 422);
        } catch (UncheckedIOException closed) {
            assertThat(closed).hasRootCauseInstanceOf(IOException.class);
        }
    }

    private List<Integer> guesses(int count, IntFunction<String> login) {
        return IntStream.range(0, count)
                .mapToObj(attempt -> chat.visitor()
                        .postStatus(
                                "login",
                                Map.of("login", login.apply(attempt), "password", "guess " + attempt),
                                "X-Forwarded-For",
                                "192.0.2." + attempt))
                .toList();
    }

    private static HttpResponse<String> signIn(ChatClient client, String login, String password) {
        return client.post("login", Map.of("login", login, "password", password));
    }
}
