package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.Messages.Author;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Postgres;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Uses a chat on PostgreSQL as its users do. */
class PostgresConversationTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    private static ChatServer chat;
    private static ChatClient alice;
    private static ChatClient bob;

    @BeforeAll
    static void start() {
        chat = ChatServer.start(config -> config.fromEnvironment().port(0).databaseUrl(postgres.fresh()));
        alice = ChatClient.join(chat, "alice");
        bob = ChatClient.join(chat, "bob");
    }

    @AfterAll
    static void stop() {
        alice.close();
        bob.close();
        chat.close();
    }

    @Test
    void users_sign_up_chat_and_page_through_history() {
        for (int n = 1; n <= 60; n++) {
            chat.messages().post(RoomId.LOBBY, Author.person("alice"), "message " + n);
        }
        bob.sees("message 60");
        bob.sends("{\"body\":\"Zwölf Boxkämpfer 🥊\",\"key\":\"1\"}");
        alice.sees("Zwölf Boxkämpfer 🥊");
        assertThat(alice.seen()).isEqualTo(bob.seen()).hasSize(61);
        await().until(() -> alice.online() == 2);

        List<ChatClient.Seen> page =
                ChatClient.messages(alice.get("rooms/lobby").body());
        assertThat(page).isEqualTo(bob.seen().subList(11, 61));
        assertThat(ChatClient.messages(
                        alice.get("rooms/lobby/messages?before=12").body()))
                .isEqualTo(bob.seen().subList(0, 11));

        ChatClient again = new ChatClient(chat.url(), "bob").signIn();
        assertThat(again.get("rooms/lobby").statusCode()).isEqualTo(200);
        again.post("logout", Map.of("everywhere", "yes"));
        assertThat(bob.get("rooms/lobby").statusCode()).isEqualTo(303);
    }

    static Stream<String> unstorable() {
        return Stream.of("half\0of it", "half\ud83dof it");
    }

    /** Sends half a surrogate pair over the socket only: a form would carry a question mark instead. */
    @ParameterizedTest
    @MethodSource("unstorable")
    void characters_that_cannot_be_stored_are_dropped_on_every_route(String text) {
        ChatClient nobody = new ChatClient(chat.url(), "nobody");
        String secret = ChatClient.PASSWORD;
        List<Map<String, String>> signUps = List.of(
                Map.of("username", text, "password", secret),
                Map.of("username", "carol", "password", text.substring(0, 6)),
                Map.of("username", "carol", "password", secret, "email", text + "@example.org"));
        for (Map<String, String> form : signUps) {
            assertThat(nobody.post("signup", form).statusCode()).as("%s", form).isEqualTo(422);
        }
        for (Map<String, String> form :
                List.of(Map.of("login", text, "password", secret), Map.of("login", "alice", "password", text))) {
            assertThat(nobody.post("login", form).statusCode()).as("%s", form).isEqualTo(401);
        }
        if (text.contains("\0")) {
            assertThat(alice.postStatus("rooms/lobby/messages", Map.of("body", "ok", "key", text)))
                    .isEqualTo(422);
        }
        ChatClient room = alice.makes("Escapes", "closed").connect();
        if (text.contains("\0")) {
            room.posts(text);
        }
        String escaped = text.replace("\0", "\\u0000").replace("\ud83d", "\\ud83d");
        int before = room.notices().size();
        room.sends("{\"body\":\"%s\"}".formatted(escaped));
        room.sends("{\"body\":\"ok\",\"key\":\"%s\"}".formatted(escaped));
        await().until(() -> room.notices().size() == before + 1);
        room.sees("halfof it");
        assertThat(room.notices()).noneMatch(notice -> notice.contains("has been logged"));
    }
}
