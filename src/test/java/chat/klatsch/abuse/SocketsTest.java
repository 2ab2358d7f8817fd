package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Abuse of the doors to a room: who may open its WebSocket, and for how long. */
class SocketsTest {
    private static final String LIVE = "rooms/lobby/live";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.passwordMemory(1));

    private final ChatClient alice = chat.user("alice");

    @ParameterizedTest
    @ValueSource(strings = {"", "klatsch=", "klatsch=x", "klatsch=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void a01_a_socket_without_a_session_is_answered_401(String cookie) {
        assertThat(chat.visitor().connects(LIVE, "Cookie", cookie)).isEqualTo(401);
    }

    static Stream<String> foreign() {
        String host = "127.0.0.1:" + chat.port();
        return Stream.of(
                "https://evil.example",
                "null",
                "",
                "http://127.0.0.1",
                "http://" + host + "0",
                "http://localhost:" + chat.port(),
                "http://evil." + host,
                "http://" + host + ".evil.example",
                "http://127.0.0.1.evil.example:" + chat.port(),
                "http://" + host + "@evil.example",
                "http://evil.example#" + host,
                "http://evil.example/" + host,
                "ftp://" + host,
                "file://",
                "http://" + host + " http://evil.example",
                "http://" + host + ", http://evil.example");
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void a02_a_socket_of_a_foreign_page_is_answered_403(String origin) {
        RawHttp.Answer answer =
                RawHttp.upgrade(chat.port(), "GET /" + LIVE + " HTTP/1.1", alice.cookieLine(), "Origin: " + origin);
        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void a03_a_socket_without_an_origin_is_judged_by_its_cookie() {
        assertThat(upgrade(alice)).isEqualTo(101);
        assertThat(RawHttp.upgrade(chat.port(), "GET /" + LIVE + " HTTP/1.1").status())
                .isEqualTo(401);
    }

    @Test
    void a04_every_door_of_a_private_room_is_answered_like_one_that_does_not_exist() {
        ChatClient bob = chat.user("bob");
        List<ChatClient> rooms = List.of(alice.makes("Cellar", "closed"), alice.chatsWith("bob"));
        ChatClient stranger = chat.user("carol");
        for (ChatClient room : rooms) {
            room.posts("Nobody knows");
            for (String door : List.of("", "/live", "/messages?before=9", "/messages/1", "/about", "/draft")) {
                String path = "rooms/" + room.room() + door;
                HttpResponse<String> hidden = stranger.get(path);
                HttpResponse<String> missing = stranger.get(path.replace(room.room(), "nowhere"));
                assertThat(hidden.statusCode()).as(door).isEqualTo(404).isEqualTo(missing.statusCode());
                assertThat(hidden.body()).isEqualTo(missing.body());
            }
            assertThat(stranger.connects(room.at("live"))).isEqualTo(404);
            assertThat(stranger.get("search?q=nobody&room=" + room.room()).body())
                    .isEqualTo(stranger.get("search?q=nobody&room=nowhere").body());
        }
        assertThat(stranger.get("search?q=nobody").body()).doesNotContain("knows", "Cellar");
        assertThat(bob.get("search?q=nobody").body()).contains("knows").doesNotContain("Cellar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "*", "lobby*", "Lobby", "LOBBY", "%2a", "?", "[a-z]*", "-1", "lobby%20"})
    void a05_an_unknown_room_is_answered_404(String room) {
        String encoded = room.replace("[", "%5B").replace("]", "%5D").replace("?", "%3F");
        for (String door : List.of("live", "messages?before=9", "about", "draft")) {
            assertThat(RawHttp.upgrade(
                                    chat.port(), "GET /rooms/" + encoded + "/" + door + " HTTP/1.1", alice.cookieLine())
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void a06_whoever_is_removed_gets_no_further_frame() {
        ChatClient room = alice.makes("Attic", "closed");
        ChatClient bob = member(room, "bob");
        long before = room.posts("before");
        bob.sees("before");
        assertThat(room.postStatus(room.at("members/remove"), Map.of("username", "bob")))
                .isEqualTo(303);
        room.posts("after");
        await().atMost(Duration.ofSeconds(2)).until(() -> !bob.isConnected());
        assertThat(bob.closeCode()).isEqualTo(1008);
        assertThat(bob.bodies()).containsExactly("before");
        assertThat(bob.connects(bob.at("live?after=" + before))).isEqualTo(404);
        assertThat(bob.postStatus(bob.at("messages"), Map.of("body", "x"))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign-out", "another password", "expiry"})
    void a07_a_socket_ends_with_its_session(String how) throws SQLException {
        ChatClient dora = chat.visitor("dora" + how.length()).signUp();
        Instant expires = Instant.now().plusSeconds(how.equals("expiry") ? 2 : 1_000);
        expireSessionsOf(dora.username(), expires);
        dora.connect();
        ChatClient other = chat.visitor(dora.username()).signIn();
        String cookie = dora.cookieLine();
        switch (how) {
            case "sign-out" -> dora.post("logout", Map.of());
            case "another password" ->
                assertThat(other.postStatus(
                                "settings/password",
                                Map.of("password", ChatClient.PASSWORD, "new", "battery horse staple")))
                        .isEqualTo(303);
            default -> {
                dora.posts("in time");
                await().until(() -> expires.isBefore(Instant.now()));
            }
        }
        await().atMost(Duration.ofSeconds(2)).until(() -> !dora.isConnected());
        assertThat(dora.closeCode()).isEqualTo(1008);
        int resent = RawHttp.request(
                        chat.port(),
                        "POST /rooms/lobby/messages HTTP/1.1",
                        cookie,
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: 11",
                        "",
                        "body=resent")
                .status();
        assertThat(resent).isEqualTo(401);
        assertThat(alice.get("rooms/lobby").body()).doesNotContain("resent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'body':'smuggled','key':'k'}",
                "{'read':1}",
                "{'typing':true}",
                "{'after':0,'listed':''}",
                "{'page':'x','current':'../../x'}",
                "{'page':null}"
            })
    void a08_the_socket_of_the_list_reaches_no_room(String frame) {
        ChatClient mallory = chat.user("mallory").connect("inbox/live");
        mallory.sends(frame.replace('\'', '"'));
        await().until(() -> !mallory.notices().isEmpty());
        assertThat(alice.page("rooms/lobby").text()).doesNotContain("smuggled");
        assertThat(mallory.bodies()).isEmpty();
        mallory.close();
    }

    @Test
    void a08_a_frame_cannot_name_another_room_or_author() {
        ChatClient room = alice.makes("Loft", "closed");
        ChatClient eve = chat.join("eve");
        eve.sends("{\"body\":\"forged\",\"key\":\"k\",\"room\":\"%s\",\"author\":\"alice\",\"user\":1,\"seq\":1}"
                .formatted(room.room()));
        eve.sees("forged");
        assertThat(eve.seen())
                .filteredOn(message -> message.body().equals("forged"))
                .extracting(ChatClient.Seen::author)
                .containsOnly("eve");
        assertThat(room.get("rooms/" + room.room()).body()).doesNotContain("forged");
    }

    private static ChatClient member(ChatClient room, String username) {
        return room.admits(chat.user(username)).connect();
    }

    private int upgrade(ChatClient user) {
        return RawHttp.upgrade(chat.port(), "GET /" + LIVE + " HTTP/1.1", user.cookieLine())
                .status();
    }

    private static void expireSessionsOf(String username, Instant when) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:h2:ordered:" + chat.directory().resolve("klatsch"));
                var update = connection.prepareStatement(
                        "update klatsch_sessions set expires_at = ? where user_id = (select id from klatsch_users where username = ?)")) {
            update.setObject(1, when.atOffset(ZoneOffset.UTC));
            update.setString(2, username);
            assertThat(update.executeUpdate()).isPositive();
        }
    }
}
