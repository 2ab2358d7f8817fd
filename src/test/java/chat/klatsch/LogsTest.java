package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.JarProcess;
import chat.klatsch.fixture.Log;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chat logs for whoever runs it. */
class LogsTest {
    @RegisterExtension
    static final ChatExtension chat =
            ChatExtension.with(config -> config.accessLog(true).trustedProxies("127.0.0.1"));

    @TempDir
    Path scratch;

    @Test
    void a_start_and_a_stop_say_what_runs_and_what_was_closed() {
        try (Log log = new Log()) {
            try (ChatServer own = ChatServer.start(config -> {
                Settings.fromArguments(
                        List.of("--redis=redis://redis-user:redis-secret@127.0.0.1:1", "--drain=0"), config);
                Settings.fromEnvironment(Map.of("KLATSCH_SIGNUP", "closed", "KLATSCH_HOST", ""), config);
                config.passwordMemory(1).port(0).dataDirectory(scratch);
            })) {
                new ChatClient(own.url(), "alice").signUp().connect();
                assertThat(log.text())
                        .contains(
                                "Klatsch (unpackaged) on Java " + System.getProperty("java.version"),
                                "Settings made: --redis, --drain, KLATSCH_SIGNUP\n",
                                "Database: H2 2.",
                                "in " + scratch.toAbsolutePath(),
                                "Redis: redis://127.0.0.1:1\n",
                                "Email: none",
                                "Listening on " + own.url())
                        .doesNotContain("redis-user", "redis-secret");
            }
            assertThat(log.text())
                    .containsOnlyOnce("Klatsch has stopped: 1 WebSockets closed, requests in progress completed,"
                            + " Redis disconnected, database closed");
        }
    }

    @Test
    void each_line_is_a_json_object_if_that_is_set() throws IOException {
        List<String> kept = List.of("timestamp", "level", "threadName", "loggerName", "formattedMessage", "throwable");
        try (JarProcess process = JarProcess.ofClasses(
                scratch, "true", Map.of("KLATSCH_LOG", "json"), "--port=0", "--data=" + scratch.resolve("data"))) {
            String url = process.url();
            new ChatClient(url, "alice").signUp("alice@example.org");
            process.terminate();
            process.exitCode();
            assertThat(process.output().lines()).singleElement().isEqualTo("Klatsch is listening on " + url);
            assertThat(process.errors().lines())
                    .anyMatch(line -> line.contains("Email to alice@example.org"))
                    .anyMatch(line -> line.contains("Klatsch has stopped"))
                    .allSatisfy(line -> {
                        JsonNode entry = new ObjectMapper().readTree(line);
                        assertThat(entry.fieldNames()).toIterable().containsExactlyElementsOf(kept);
                        assertThat(entry.get("formattedMessage").asText()).isNotEmpty();
                    });
        }
    }

    @Test
    void requests_and_connections_are_logged_with_client_user_status_and_time() {
        ChatClient alice = chat.user("alice");
        try (Log log = new Log()) {
            alice.get("rooms/lobby", "X-Forwarded-For", "203.0.113.7");
            alice.connect().disconnect();
            chat.visitor().get("rooms/lobby");
            awaitLine(log, "203\\.0\\.113\\.7 alice GET /rooms/lobby 200 [1-9]\\d+ B \\d+ ms");
            awaitLine(log, "127\\.0\\.0\\.1 alice GET /rooms/lobby/live 101 0 B \\d+ ms");
            awaitLine(log, "127\\.0\\.0\\.1 alice CLOSE /rooms/lobby/live 100\\d 0 s");
            awaitLine(log, "127\\.0\\.0\\.1 - GET /rooms/lobby 303 10 B \\d+ ms");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "invitations/SECRET, /invitations/…",
        "invitations/SECRETsecretSECRETsecret, /invitations/…",
        "INVITATIONS/SECRET/, /INVITATIONS/…/",
        "join/SECRETsecretSECRETsecret, /join/…",
        "%69nvitations/SECRETsecretSECRETsecret, /%69nvitations/…",
        "signin?token=SECRET, /signin",
        "password/reset?token=SECRET&x, /password/reset",
        "search?q=SECRET, /search",
        "rooms/lobby;jsessionid=SECRET, /rooms/lobby",
        "rooms/c29tZSByYW5kb20gYnl0ZQ, /rooms/c29tZSByYW5kb20gYnl0ZQ",
        "@a_rather_long_username, /@a_rather_long_username",
        "nothing%0Aforged, /nothing%0Aforged",
    })
    void paths_are_logged_without_what_gives_access(String path, String logged) {
        try (Log log = new Log()) {
            chat.visitor().get(path);
            awaitLine(log, "127\\.0\\.0\\.1 - GET " + Pattern.quote(logged) + " \\d+ \\d+ B \\d+ ms");
            assertThat(log.text()).doesNotContain("SECRET");
        }
    }

    private static void awaitLine(Log log, String line) {
        await().untilAsserted(() ->
                assertThat(log.text()).containsPattern("(?m) INFO chat\\.klatsch\\.access - " + line + "$"));
    }
}
