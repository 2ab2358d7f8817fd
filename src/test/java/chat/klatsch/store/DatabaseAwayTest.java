package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Log;
import chat.klatsch.fixture.Postgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests a chat whose PostgreSQL server stops, crashes, drops connections or freezes. */
class DatabaseAwayTest {
    private static final String POSTS = "rooms/lobby/messages";
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @RegisterExtension
    static final Postgres postgres = new Postgres();

    private final String database = postgres.fresh();
    private ChatServer chat;
    private ChatClient alice;
    private ChatClient bob;

    @BeforeEach
    void start() {
        chat = ChatServer.start(config -> config.fromEnvironment()
                .port(0)
                .databaseUrl(database)
                .limit(Limit.POSTS_PER_MINUTE, 0)
                .limit(Limit.CONNECTIONS_PER_ADDRESS, 0));
        alice = ChatClient.join(chat, "alice");
        bob = ChatClient.join(chat, "bob");
    }

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
        chat.close();
    }

    @Test
    void while_the_database_is_stopped_texts_are_returned_and_sockets_stay_open() {
        alice.posts("before");
        String log;
        try (Log written = new Log()) {
            postgres.stop();
            assertRefusedOnEveryRoute("typed", "key");
            assertFormsAreShownAgain("typed");
            alice.sends("{\"body\":\"typed\",\"key\":\"key\"}");
            await().until(() -> alice.notices().size() == 1);

            postgres.restart();
            await().atMost(RECOVERY).until(() -> json(alice, "typed", "key").statusCode() == 201);
            log = written.text();
        }
        assertThat(alice.posts("typed", "key")).isEqualTo(2);
        alice.posts("after");
        assertBothHaveSeen("before", "typed", "after");
        assertThat(log.lines().filter(line -> line.contains(" WARN ")))
                .singleElement()
                .asString()
                .contains("The database is not responding");
        assertThat(log).contains("The database is responding again").doesNotContain("typed", "\tat ");
    }

    @Test
    void while_the_database_is_frozen_requests_are_refused_in_time() {
        alice.posts("before");
        postgres.freeze();
        try {
            assertRefusedOnEveryRoute("typed", "key");
        } finally {
            postgres.thaw();
        }
        await().atMost(RECOVERY).until(() -> json(alice, "typed", "key").statusCode() == 201);
        assertThat(alice.posts("typed", "key")).isEqualTo(2);
        alice.posts("after");
        assertBothHaveSeen("before", "typed", "after");
    }

    @Test
    void each_acknowledged_message_is_stored_once_however_connections_break() {
        List<String> people = List.of("carol", "dave", "erin", "frank");
        Map<Long, String> acknowledged = new ConcurrentHashMap<>();
        ExecutorService executor = Executors.newFixedThreadPool(people.size());
        try {
            List<ChatClient> writers = people.stream()
                    .map(name -> new ChatClient(chat.url(), name).signUp())
                    .toList();
            List<CompletableFuture<Void>> writing = writers.stream()
                    .map(writer -> CompletableFuture.runAsync(() -> postMany(writer, acknowledged), executor))
                    .toList();
            for (int i = 1; !writing.stream().allMatch(CompletableFuture::isDone); i++) {
                if (i == 4) {
                    postgres.crash();
                } else if (postgres.answers()) {
                    postgres.terminateConnections(database);
                }
                int posts = acknowledged.size();
                await().until(() ->
                        acknowledged.size() > posts + 5 || writing.stream().allMatch(CompletableFuture::isDone));
            }
            writing.forEach(CompletableFuture::join);
        } finally {
            executor.shutdownNow();
        }
        bob.disconnect();
        bob = bob.tab();
        await().until(() -> bob.connects("rooms/lobby/live?after=0") == 101);
        await().until(() -> bob.seen().size() >= acknowledged.size());
        assertThat(acknowledged).hasSize(people.size() * 30);
        assertThat(bob.seen().stream().collect(Collectors.toMap(ChatClient.Seen::seq, ChatClient.Seen::body)))
                .isEqualTo(acknowledged);
        assertThat(bob.seen().stream().map(ChatClient.Seen::seq))
                .isEqualTo(
                        LongStream.rangeClosed(1, acknowledged.size()).boxed().toList());
        assertThat(bob.bodies()).doesNotHaveDuplicates();
        assertThat(alice.isConnected()).isTrue();
    }

    @Test
    void an_exhausted_pool_is_reported_as_busy_not_as_unreachable() {
        String log;
        try (Log written = new Log();
                Handle lock = Jdbi.open(database)) {
            lock.begin();
            lock.execute("lock table klatsch_users in access exclusive mode");
            List<CompletableFuture<Integer>> visits = IntStream.range(0, 15)
                    .mapToObj(visit ->
                            CompletableFuture.supplyAsync(() -> alice.postStatus("rooms/lobby/read", Map.of())))
                    .toList();
            assertThat(visits).allSatisfy(visit -> assertThat(visit.join()).isEqualTo(503));
            log = written.text();
            lock.rollback();
        }
        assertThat(log).containsOnlyOnce("All 10 connections to the database are in use");
        assertThat(log).doesNotContain("The database is not responding");
        assertThat(alice.get("rooms/lobby").statusCode()).isEqualTo(200);
    }

    /** Posts each text under its key until it is acknowledged. */
    private static void postMany(ChatClient author, Map<Long, String> acknowledged) {
        for (int n = 0; n < 30; n++) {
            String text = author.username() + " says " + n;
            HttpResponse<String> answer;
            do {
                answer = json(author, text, "key " + n);
                assertThat(answer.statusCode()).as(answer.body()).isIn(201, 503);
            } while (answer.statusCode() != 201);
            acknowledged.put(Long.parseLong(answer.body().replaceAll("\\D", "")), text);
        }
    }

    private void assertRefusedOnEveryRoute(String text, String key) {
        Map<String, String> form = Map.of("body", text, "key", key);
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 3)
                .mapToObj(route -> CompletableFuture.supplyAsync(() -> switch (route) {
                    case 0 -> alice.post(POSTS, form, "HX-Request", "true");
                    case 1 -> alice.post(POSTS, form);
                    default -> json(alice, text, key);
                }))
                .toList();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isEqualTo(503);
            assertThat(answer.join().headers().firstValue("Retry-After")).contains("2");
        }
        for (Document page : List.of(
                Jsoup.parseBodyFragment(answers.get(0).join().body()),
                Jsoup.parse(answers.get(1).join().body()))) {
            assertThat(page.select("[name=body]").first().val()).isEqualTo(text);
            assertThat(page.select("input[name=key]").first().val()).isEqualTo(key);
        }
        assertThat(answers.get(2).join().body()).startsWith("{\"error\"");
        assertThat(alice.isConnected() && bob.isConnected()).isTrue();
    }

    private void assertFormsAreShownAgain(String text) {
        Map<String, String> forms = Map.of(
                "settings", "about",
                "welcome", "name",
                "rooms", "name",
                "admin/users/ban", "note",
                "rooms/lobby/messages/1/edit", "body",
                "signup", "username",
                "password/forgot", "email");
        forms.forEach((path, field) -> {
            HttpResponse<String> answer = alice.post(path, Map.of("viewer", "alice", "key", "key", field, text));
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(Jsoup.parse(answer.body())
                            .select("form[action=/" + path + "] [name=" + field + "]")
                            .val())
                    .as(path)
                    .isEqualTo(text);
        });
    }

    private void assertBothHaveSeen(String... bodies) {
        for (ChatClient person : List.of(alice, bob)) {
            person.sees(bodies[bodies.length - 1]);
            assertThat(person.bodies()).containsExactly(bodies);
            assertThat(person.isConnected()).isTrue();
        }
    }

    private static HttpResponse<String> json(ChatClient author, String text, String key) {
        return author.post(POSTS, Map.of("body", text, "key", key), "Accept", "application/json");
    }
}
