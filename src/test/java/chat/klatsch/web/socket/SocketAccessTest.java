package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which upgrade requests are accepted. */
class SocketAccessTest {
    private static final String LIVE = "rooms/lobby/live";
    private static final String INBOX = "inbox/live";

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @ParameterizedTest
    @ValueSource(strings = {LIVE, INBOX})
    void a_socket_needs_a_session_and_the_same_origin(String path) {
        ChatClient alice = chat.user("alice");
        String own = chat.url().replaceAll("/$", "");

        assertThat(chat.visitor("nobody").connects(path)).isEqualTo(401);
        assertThat(alice.connects(path + "?after=-1")).isEqualTo(400);
        for (String foreign : List.of("https://evil.example", "null", own + "0", "http://localhost")) {
            assertThat(alice.connects(path, "Origin", foreign)).isEqualTo(403);
        }
        assertThat(alice.connects(path, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);

        assertThat(alice.connects(path, "Origin", own)).isEqualTo(101);
        alice.close();
        assertThat(alice.connects(path)).isEqualTo(101);
    }

    @Test
    void a_socket_needs_an_existing_room() {
        ChatClient alice = chat.user("alice");
        for (String path : List.of("rooms/nowhere/live", "nope/live", "inbox/live/a/b")) {
            assertThat(alice.connects(path)).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Limit.class,
            names = {"CONNECTIONS_PER_USER", "CONNECTIONS_PER_ADDRESS", "CONNECTIONS"})
    void connections_over_a_limit_are_refused_until_one_closes(Limit limit) {
        chat.configure(config -> config.limit(limit, 2));
        ChatClient first = chat.user("alice");
        ChatClient second = again("alice");
        ChatClient third = again("alice");
        first.connect();
        second.connect();

        assertThat(third.connects(LIVE)).isEqualTo(429);
        assertThat(third.connects(INBOX)).isEqualTo(429);
        first.disconnect();
        await().until(() -> third.connects(INBOX) == 101);
        // A connection counts once it has received something.
        await().until(() -> !third.frames().isEmpty());
        assertThat(first.connects(LIVE)).isEqualTo(429);
        second.close();
        await().until(() -> first.connects(LIVE) == 101);
    }

    @Test
    void concurrent_connections_do_not_exceed_the_limit() {
        chat.configure(config -> config.limit(Limit.CONNECTIONS_PER_USER, 3));
        chat.user("alice");
        List<ChatClient> clients =
                IntStream.range(0, 12).mapToObj(i -> again("alice")).toList();
        ExecutorService threads = Executors.newFixedThreadPool(12);
        List<CompletableFuture<Integer>> answers = clients.stream()
                .map(client -> CompletableFuture.supplyAsync(() -> client.connects(LIVE), threads))
                .toList();
        List<ChatClient> in = IntStream.range(0, 12)
                .filter(i -> answers.get(i).join() == 101)
                .mapToObj(clients::get)
                .toList();
        threads.shutdown();

        await().until(() -> in.stream().filter(ChatClient::isConnected).count() <= 3);
        assertThat(in.stream().filter(client -> !client.isConnected()).map(ChatClient::closeCode))
                .allMatch(code -> code == 1013);
        clients.forEach(ChatClient::close);
        ChatClient later = again("alice");
        await().until(() -> later.connects(LIVE) == 101);
    }

    @ParameterizedTest
    @ValueSource(strings = {LIVE, INBOX})
    void a_socket_that_opens_during_sign_out_is_closed(String path) {
        chat.user("alice");
        for (int i = 0; i < 8; i++) {
            ChatClient alice = again("alice");
            CompletableFuture<Integer> connecting = CompletableFuture.supplyAsync(() -> alice.connects(path));
            alice.post("logout", Map.of());
            assertThat(connecting.join()).isIn(101, 401);
            if (connecting.join() == 101) {
                assertThat(alice.closeCode()).isEqualTo(1008);
            }
        }
    }

    @Test
    void a_socket_that_opens_during_removal_is_closed() {
        ChatClient room = chat.user("alice").makes("Staff", "closed");
        ChatClient bob = chat.user("bob");
        for (int i = 0; i < 8; i++) {
            ChatClient tab = room.admits(bob);
            CompletableFuture<Integer> connecting = CompletableFuture.supplyAsync(() -> tab.connects(tab.at("live")));
            room.post(room.at("members/remove"), Map.of("username", "bob"));
            assertThat(connecting.join()).isIn(101, 404);
            if (connecting.join() == 101) {
                assertThat(tab.closeCode()).isEqualTo(1008);
            }
        }
    }

    @Test
    void zero_disables_a_limit() {
        chat.configure(config -> config.limit(Limit.CONNECTIONS, 0)
                .limit(Limit.CONNECTIONS_PER_USER, 0)
                .limit(Limit.CONNECTIONS_PER_ADDRESS, 0));
        ChatClient alice = chat.user("alice");
        String cookie = alice.cookieLine();
        List<ChatClient> clients =
                IntStream.range(0, 60).mapToObj(i -> chat.visitor("alice")).toList();
        clients.forEach(
                client -> assertThat(client.connects(LIVE, cookie.split(": "))).isEqualTo(101));
    }

    private ChatClient again(String username) {
        return chat.visitor(username).signIn();
    }
}
