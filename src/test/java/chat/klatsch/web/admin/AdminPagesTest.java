package chat.klatsch.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Mailbox;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see and do: Alice is the first and so is one; the others come and go. */
class AdminPagesTest {
    private static Mailbox mailbox;
    private static ChatServer chat;
    private static ChatClient alice;
    private static ChatClient bob;
    private static ChatClient carol;

    @BeforeAll
    static void start(@TempDir Path directory) {
        mailbox = new Mailbox();
        chat = ChatServer.start(
                config -> config.port(0).dataDirectory(directory).smtpUrl(mailbox.url()));
        alice = new ChatClient(chat.url(), "alice").signUp();
        List<ChatClient> others = Stream.of("bob", "carol")
                .parallel()
                .map(name -> new ChatClient(chat.url(), name).signUp())
                .toList();
        bob = others.get(0);
        carol = others.get(1);
    }

    @AfterAll
    static void stop() {
        chat.close();
        mailbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "admin/users",
                "admin/rooms",
                "admin/messages",
                "admin/audit",
                "admin/users/ban",
                "admin/users/unban",
                "admin/users/appoint",
                "admin/users/dismiss",
                "admin/users/reset",
                "admin/rooms/close",
                "admin/rooms/take",
                "admin/rooms/delete",
                "admin/messages/delete",
                "admin/nothing"
            })
    void for_all_others_the_house_is_not_there(String path) {
        Map<String, String> form = Map.of("username", "carol", "room", "lobby", "seq", "1");
        for (ChatClient person : List.of(bob, new ChatClient(chat.url(), "stranger"))) {
            HttpResponse<String> nothing = person.get("hause");
            for (HttpResponse<String> answer : List.of(person.get(path), person.post(path, form))) {
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.body()).isEqualTo(nothing.body());
                assertThat(answer.headers().firstValue("Allow")).isEmpty();
            }
        }
        assertThat(bob.page("rooms/lobby").select("a[href=/admin]")).isEmpty();
        assertThat(alice.page("rooms/lobby").select("a[href=/admin]")).hasSize(1);
    }

    @Test
    void operators_appoint_and_dismiss_others_but_never_the_last() {
        HttpResponse<String> alone = act("users/dismiss", "alice");
        assertThat(alone.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(alone.body()).select(".refusal").text()).contains("appoint somebody else first");
        HttpResponse<String> deletion = alice.post("settings/delete", Map.of("password", ChatClient.PASSWORD));
        assertThat(deletion.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(deletion.body())
                        .select("section:has(.refusal) h2")
                        .text())
                .isEqualTo("Delete account");

        assertThat(act("users/appoint", "carol").statusCode()).isEqualTo(303);
        assertThat(carol.page("admin/users?name=carol")
                        .select(".admin-list .badge")
                        .text())
                .isEqualTo("operator");
        // They have no power over each other but this.
        for (String action : List.of("users/ban", "users/reset")) {
            assertThat(act(action, "carol").statusCode()).isEqualTo(422);
            assertThat(act(action, "alice").statusCode()).isEqualTo(422);
        }
        assertThat(act("users/dismiss", "carol").statusCode()).isEqualTo(303);
        assertThat(carol.get("admin").statusCode()).isEqualTo(404);
        assertThat(act("users/appoint", "nobody").statusCode()).isEqualTo(404);
        assertThat(deeds())
                .contains("@alice gave the operator role to @carol", "@alice took the operator role from @carol");
    }

    @Test
    void whoever_is_banned_is_out_at_once_and_comes_in_no_more() {
        ChatClient dave = new ChatClient(chat.url(), "dave");
        dave.post("signup", Map.of("username", "dave", "password", ChatClient.PASSWORD, "email", "dave@example.org"));
        dave.connect();
        ChatClient tab = new ChatClient(chat.url(), "dave").signIn().connect();

        assertThat(act("users/ban", "dave", "note", "Sold \"watches\"").statusCode())
                .isEqualTo(303);
        await().atMost(Duration.ofSeconds(1)).until(() -> !dave.isConnected() && !tab.isConnected());
        assertThat(List.of(dave.closeCode(), tab.closeCode())).containsOnly(1008);
        assertThat(dave.connects("rooms/lobby/live")).isEqualTo(401);
        assertThat(dave.get("rooms/lobby").statusCode()).isEqualTo(303);

        HttpResponse<String> right = signIn("dave", ChatClient.PASSWORD);
        assertThat(right.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(right.body()).select(".refusal").text()).contains("banned");
        assertThat(Jsoup.parse(right.body()).select("[name=login]").val()).isEqualTo("dave");
        HttpResponse<String> wrong = signIn("dave", "wrong password");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).doesNotContain("banned");
        // Those to him and to nobody leave in turn, so one that was written for him would be there by now.
        alice.post("password/forgot", Map.of("email", "dave@example.org"));
        assertThat(act("users/reset", "dave").statusCode()).isEqualTo(422);
        assertThat(act("users/appoint", "dave").statusCode()).isEqualTo(422);
        // Java programs may speak for him still.
        chat.rooms().post(RoomId.LOBBY, "dave", "I am a program");

        assertThat(alice.page("admin/users?name=dave").select(".badge.warning").text())
                .startsWith("banned on");
        assertThat(act("users/unban", "dave").statusCode()).isEqualTo(303);
        assertThat(signIn("dave", ChatClient.PASSWORD).statusCode()).isEqualTo(303);
        assertThat(mailbox.emails("dave@example.org", "new password")).isEmpty();
        assertThat(deeds()).contains("@alice banned @dave “Sold \"watches\"”", "@alice unbanned @dave");
        assertThat(act("users/ban", "dave", "note", "x".repeat(201)).statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_link_to_a_new_password_is_shown_once_and_works_once() {
        ChatClient erin = new ChatClient(chat.url(), "erin").signUp().connect();
        HttpResponse<String> answer = act("users/reset", "erin");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        String link = Jsoup.parse(answer.body()).select("input.link").val();
        assertThat(link).startsWith(chat.url() + "password/reset?token=");
        String token = link.replaceFirst(".*token=", "");
        assertThat(erin.isConnected()).isTrue();

        ChatClient anybody = new ChatClient(chat.url(), "anybody");
        assertThat(anybody.page("password/reset?token=" + token).select("main").text())
                .contains("your account @erin");
        Map<String, String> form = Map.of("token", token, "password", "another password");
        assertThat(anybody.post("password/reset", form).statusCode()).isEqualTo(303);
        await().atMost(Duration.ofSeconds(1)).until(() -> !erin.isConnected());
        assertThat(signIn("erin", "another password").statusCode()).isEqualTo(303);
        assertThat(anybody.post("password/reset", form).statusCode()).isEqualTo(404);
        assertThat(alice.page("admin/users?name=erin")
                        .select(".admin-list small")
                        .text())
                .doesNotContain("verified");
        assertThat(deeds()).contains("@alice created a password reset link for @erin");
        assertThat(alice.get("admin/audit").body()).doesNotContain(token, "another password");
    }

    @Test
    void messages_in_rooms_are_seen_and_deleted_and_private_chats_stay_private() {
        ChatClient closed = bob.makes("Cellar", "closed").connect();
        ChatClient secret = bob.chatsWith("carol").connect();
        long seq = closed.posts("Rude words");
        long hidden = secret.posts("Sweet nothings");

        Elements messages = alice.page("admin/messages").select(".admin-list .body");
        assertThat(messages.eachText()).contains("Rude words").doesNotContain("Sweet nothings");
        // She does not belong there, and the room is closed to her but for this.
        assertThat(alice.get("rooms/" + closed.room()).statusCode()).isEqualTo(404);
        assertThat(act("messages/delete", "", "room", closed.room(), "seq", "" + seq)
                        .statusCode())
                .isEqualTo(303);
        closed.sees("This message was deleted.");
        assertThat(deeds()).contains("@alice deleted a message of @bob in Cellar (message 1)");

        for (String page : List.of("users", "rooms", "messages", "audit")) {
            assertThat(alice.get("admin/" + page).body()).doesNotContain(secret.room(), "Sweet nothings");
        }
        for (String action : List.of("messages/delete", "rooms/delete", "rooms/close", "rooms/take")) {
            assertThat(act(action, "", "room", secret.room(), "seq", "" + hidden)
                            .statusCode())
                    .isEqualTo(404);
        }
        for (String door : List.of("", "messages?before=100", "messages/" + hidden, "about", "connection")) {
            assertThat(alice.get(secret.at(door).replaceFirst("/$", "")).statusCode())
                    .isEqualTo(404);
        }
        for (String door : List.of("messages", "mute", "messages/" + hidden + "/delete", "delete")) {
            assertThat(alice.post(secret.at(door), Map.of("body", "Hello", "username", "bob"))
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(alice.connects(secret.at("live"))).isEqualTo(404);
        assertThat(secret.bodies()).containsExactly("Sweet nothings");
        // In private chats of their own, operators are like everybody.
        ChatClient own = alice.chatsWith("bob");
        long his = bob.in(own.room()).posts("Dear operator");
        assertThat(alice.post(own.at("messages/" + his + "/delete"), Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(alice.post(own.at("mute"), Map.of("username", "bob")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void groups_are_closed_deleted_and_taken_over_when_their_owner_is_gone() {
        ChatClient fred = new ChatClient(chat.url(), "fred").signUp();
        ChatClient room = fred.makes("Orphanage", "open");
        ChatClient other = fred.makes("Ruin", "open").connect();
        assertThat(act("rooms/take", "", "room", room.room()).statusCode()).isEqualTo(422);
        assertThat(act("rooms/close", "", "room", room.room()).statusCode()).isEqualTo(303);
        assertThat(carol.get("rooms/" + room.room()).statusCode()).isEqualTo(404);
        assertThat(act("rooms/delete", "", "room", "lobby").statusCode()).isEqualTo(403);
        assertThat(act("rooms/delete", "", "room", other.room()).statusCode()).isEqualTo(303);
        await().atMost(Duration.ofSeconds(1)).until(() -> !other.isConnected());
        assertThat(fred.get("rooms/" + other.room()).statusCode()).isEqualTo(404);

        act("users/ban", "fred");
        Elements row = alice.page("admin/rooms").select("[data-room=%s]".formatted(room.room()));
        assertThat(row.text()).contains("closed, owned by @fred, 1 member", "no owner");
        assertThat(act("rooms/take", "", "room", room.room()).statusCode()).isEqualTo(303);
        assertThat(alice.page(room.at("about")).select("#room").text()).isEqualTo("Room settings");
        assertThat(deeds())
                .contains(
                        "@alice closed the room Orphanage",
                        "@alice deleted the room Ruin",
                        "@alice took over the room Orphanage");
    }

    @Test
    void one_who_is_muted_reads_and_is_heard_over_no_door() {
        ChatClient room = carol.makes("Library", "open").connect();
        ChatClient bobs = bob.in(room.room());
        bob.post(bobs.at("join"), Map.of());
        bobs.connect();
        long seq = bobs.posts("Before");
        assertThat(carol.post(room.at("mute"), Map.of("username", "bob")).statusCode())
                .isEqualTo(303);

        // The socket was opened before.
        bobs.sends("{\"body\":\"Over the socket\",\"key\":\"1\"}");
        await().until(() -> bobs.notices().toString().contains("muted"));
        HttpResponse<String> form = bob.post(bobs.at("messages"), Map.of("body", "By form", "key", "2"));
        assertThat(form.statusCode()).isEqualTo(403);
        Document refused = Jsoup.parse(form.body());
        assertThat(refused.select("[name=body]").val()).isEqualTo("By form");
        assertThat(refused.select(".refusal").text()).contains("You are muted here");
        Map<String, String> answer = Map.of("body", "An answer", "key", "3", "replyTo", "" + seq);
        assertThat(bob.post(bobs.at("messages"), answer, "HX-Request", "true").statusCode())
                .isEqualTo(403);
        assertThat(bob.post(bobs.at("messages"), answer, "Accept", "application/json")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> edit = bob.post(bobs.at("messages/1/edit"), Map.of("body", "Edited"));
        assertThat(edit.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(edit.body()).select("[name=body]").val()).isEqualTo("Edited");
        assertThat(bob.post(bobs.at("messages/1/reactions"), Map.of("emoji", "love"))
                        .statusCode())
                .isEqualTo(403);
        await().during(Duration.ofMillis(600))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    bobs.sends("{\"typing\":true}");
                    return !lastOf(room, "#typing").contains("bob");
                });
        room.posts("Quiet, please");
        bobs.sees("Quiet, please");
        assertThat(room.bodies()).containsExactly("Before", "Quiet, please");
        assertThat(bob.page(bobs.at("").replaceFirst("/$", ""))
                        .select("#notice")
                        .text())
                .contains("You are muted");

        // Members do not mute each other, and nobody the owner.
        assertThat(bob.post(bobs.at("unmute"), Map.of("username", "bob")).statusCode())
                .isEqualTo(403);
        alice.post(room.at("join"), Map.of());
        HttpResponse<String> owner = alice.post(room.at("mute"), Map.of("username", "carol"));
        assertThat(owner.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(owner.body()).select(".refusal").text()).contains("owner");
        assertThat(alice.post(room.at("unmute"), Map.of("username", "bob")).statusCode())
                .isEqualTo(303);
        bobs.posts("After");
        // Owners and operators alike take away what others say, and it is remembered without a word of it.
        carol.post(room.at("messages/1/delete"), Map.of());
        assertThat(deeds())
                .contains(
                        "@carol muted @bob in Library",
                        "@alice unmuted @bob in Library",
                        "@carol deleted a message of @bob in Library (message 1)");
        assertThat(alice.get("admin/audit").body()).doesNotContain("Before", "By form", "After");
    }

    private static HttpResponse<String> act(String action, String username, String... more) {
        Map<String, String> form = new HashMap<>(Map.of("username", username));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return alice.post("admin/" + action, form);
    }

    /** What somebody was last shown there. */
    private static String lastOf(ChatClient person, String place) {
        return person.frames().stream()
                .flatMap(frame -> Jsoup.parse(frame).select(place).stream())
                .map(Element::html)
                .reduce("", (before, after) -> after);
    }

    /** The audit list without the times. */
    private static List<String> deeds() {
        Document page = alice.page("admin/audit");
        page.select("time").remove();
        page.select("q").forEach(note -> note.text("“" + note.text() + "”"));
        return page.select(".admin-list li").eachText();
    }

    private static HttpResponse<String> signIn(String login, String password) {
        return new ChatClient(chat.url(), login).post("login", Map.of("login", login, "password", password));
    }
}
