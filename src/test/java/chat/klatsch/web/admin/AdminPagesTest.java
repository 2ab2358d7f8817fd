package chat.klatsch.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.Messages.Author;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Mailbox;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the admin area. Alice has signed up first and is an operator; others are appointed and dismissed. */
class AdminPagesTest {
    @RegisterExtension
    static final Mailbox mailbox = new Mailbox();

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.smtpUrl(mailbox.url()));

    private final ChatClient alice = chat.user("alice");
    private final ChatClient bob = chat.user("bob");
    private final ChatClient carol = chat.user("carol");

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
    void the_admin_area_does_not_exist_for_others(String path) {
        Map<String, String> form = Map.of("username", "carol", "room", "lobby", "seq", "1");
        for (ChatClient user : List.of(bob, chat.visitor("stranger"))) {
            HttpResponse<String> nothing = user.get("hause");
            for (HttpResponse<String> answer : List.of(user.get(path), user.post(path, form))) {
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.body()).isEqualTo(nothing.body());
                assertThat(answer.headers().firstValue("Allow")).isEmpty();
            }
        }
        assertThat(bob.page("rooms/lobby").select("a[href=/admin]")).isEmpty();
        assertThat(alice.page("rooms/lobby").select("a[href=/admin]")).hasSize(1);
    }

    @Test
    void operators_appoint_and_dismiss_others_but_not_the_last_one() {
        HttpResponse<String> alone = act("users/dismiss", "alice");
        assertThat(alone.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(alone.body()).select(".refusal").text()).contains("appoint another one first");
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
        // Operators can dismiss each other, but not ban or reset each other.
        for (String action : List.of("users/ban", "users/reset")) {
            assertThat(act(action, "carol").statusCode()).isEqualTo(422);
            assertThat(act(action, "alice").statusCode()).isEqualTo(422);
        }
        assertThat(act("users/dismiss", "carol").statusCode()).isEqualTo(303);
        assertThat(carol.getStatus("admin")).isEqualTo(404);
        assertThat(act("users/appoint", "nobody").statusCode()).isEqualTo(404);
        assertThat(auditEntries())
                .contains("@alice gave the operator role to @carol", "@alice took the operator role from @carol");
    }

    @Test
    void a_banned_user_is_disconnected_and_cannot_sign_in() {
        ChatClient dave = chat.visitor("dave");
        dave.post("signup", Map.of("username", "dave", "password", ChatClient.PASSWORD, "email", "dave@example.org"));
        dave.connect();
        ChatClient tab = chat.visitor("dave").signIn().connect();

        assertThat(act("users/ban", "dave", "note", "Sold \"watches\"").statusCode())
                .isEqualTo(303);
        await().atMost(Duration.ofSeconds(1)).until(() -> !dave.isConnected() && !tab.isConnected());
        assertThat(List.of(dave.closeCode(), tab.closeCode())).containsOnly(1008);
        assertThat(dave.connects("rooms/lobby/live")).isEqualTo(401);
        assertThat(dave.getStatus("rooms/lobby")).isEqualTo(303);

        HttpResponse<String> right = signIn("dave", ChatClient.PASSWORD);
        assertThat(right.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(right.body()).select(".refusal").text()).contains("banned");
        assertThat(Jsoup.parse(right.body()).select("[name=login]").val()).isEqualTo("dave");
        HttpResponse<String> wrong = signIn("dave", "wrong password");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).doesNotContain("banned");
        // Emails leave in order, so one to the banned user would have arrived by now.
        alice.post("password/forgot", Map.of("email", "dave@example.org"));
        assertThat(act("users/reset", "dave").statusCode()).isEqualTo(422);
        assertThat(act("users/appoint", "dave").statusCode()).isEqualTo(422);
        assertThatThrownBy(() -> chat.server().messages().post(RoomId.LOBBY, Author.person("dave"), "I am a program"))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.FORBIDDEN));

        assertThat(alice.page("admin/users?name=dave").select(".badge.warning").text())
                .startsWith("banned on");
        assertThat(act("users/unban", "dave").statusCode()).isEqualTo(303);
        assertThat(signIn("dave", ChatClient.PASSWORD).statusCode()).isEqualTo(303);
        assertThat(mailbox.emails("dave@example.org", "new password")).isEmpty();
        assertThat(auditEntries()).contains("@alice banned @dave “Sold \"watches\"”", "@alice unbanned @dave");
        assertThat(act("users/ban", "dave", "note", "x".repeat(201)).statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_password_reset_link_is_shown_once_and_works_once() {
        ChatClient erin = chat.join("erin");
        HttpResponse<String> answer = act("users/reset", "erin");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        String link = Jsoup.parse(answer.body()).select("input.link").val();
        assertThat(link).startsWith(chat.url() + "password/reset?token=");
        String token = link.replaceFirst(".*token=", "");
        assertThat(erin.isConnected()).isTrue();

        ChatClient anybody = chat.visitor("anybody");
        assertThat(anybody.page("password/reset?token=" + token).select("main").text())
                .contains("your account @erin");
        Map<String, String> form = Map.of("token", token, "password", "another password");
        assertThat(anybody.postStatus("password/reset", form)).isEqualTo(303);
        await().atMost(Duration.ofSeconds(1)).until(() -> !erin.isConnected());
        assertThat(signIn("erin", "another password").statusCode()).isEqualTo(303);
        assertThat(anybody.postStatus("password/reset", form)).isEqualTo(404);
        assertThat(alice.page("admin/users?name=erin")
                        .select(".admin-list small")
                        .text())
                .doesNotContain("verified");
        assertThat(auditEntries()).contains("@alice created a password reset link for @erin");
        assertThat(alice.get("admin/audit").body()).doesNotContain(token, "another password");
    }

    @Test
    void operators_read_and_delete_messages_in_rooms_but_not_in_private_chats() {
        ChatClient closed = bob.makes("Cellar", "closed").connect();
        ChatClient secret = bob.chatsWith("carol").connect();
        long seq = closed.posts("Rude words");
        long hidden = secret.posts("Sweet nothings");

        Elements messages = alice.page("admin/messages").select(".admin-list .body");
        assertThat(messages.eachText()).contains("Rude words").doesNotContain("Sweet nothings");
        // The operator is no member, and the room is otherwise closed to her.
        assertThat(alice.getStatus("rooms/" + closed.room())).isEqualTo(404);
        assertThat(act("messages/delete", "", "room", closed.room(), "seq", "" + seq)
                        .statusCode())
                .isEqualTo(303);
        closed.sees("This message was deleted.");
        assertThat(auditEntries()).contains("@alice deleted a message by @bob in Cellar (message 1)");

        for (String page : List.of("users", "rooms", "messages", "audit")) {
            assertThat(alice.get("admin/" + page).body()).doesNotContain(secret.room(), "Sweet nothings");
        }
        for (String action : List.of("messages/delete", "rooms/delete", "rooms/close", "rooms/take")) {
            assertThat(act(action, "", "room", secret.room(), "seq", "" + hidden)
                            .statusCode())
                    .isEqualTo(404);
        }
        for (String door : List.of("", "messages?before=100", "messages/" + hidden, "about", "connection")) {
            assertThat(alice.getStatus(secret.at(door).replaceFirst("/$", ""))).isEqualTo(404);
        }
        for (String door : List.of("messages", "mute", "messages/" + hidden + "/delete", "delete")) {
            assertThat(alice.postStatus(secret.at(door), Map.of("body", "Hello", "username", "bob")))
                    .isEqualTo(404);
        }
        assertThat(alice.connects(secret.at("live"))).isEqualTo(404);
        assertThat(secret.bodies()).containsExactly("Sweet nothings");
        // In their own private chats, operators have the rights of every user.
        ChatClient own = alice.chatsWith("bob");
        long his = bob.in(own.room()).posts("Dear operator");
        assertThat(alice.postStatus(own.at("messages/" + his + "/delete"), Map.of()))
                .isEqualTo(403);
        assertThat(alice.postStatus(own.at("mute"), Map.of("username", "bob"))).isEqualTo(403);
    }

    @Test
    void operators_close_delete_and_take_over_rooms() {
        ChatClient fred = chat.user("fred");
        ChatClient room = fred.makes("Orphanage", "open");
        ChatClient other = fred.makes("Ruin", "open").connect();
        assertThat(act("rooms/take", "", "room", room.room()).statusCode()).isEqualTo(422);
        assertThat(act("rooms/close", "", "room", room.room()).statusCode()).isEqualTo(303);
        assertThat(carol.getStatus("rooms/" + room.room())).isEqualTo(404);
        assertThat(act("rooms/delete", "", "room", "lobby").statusCode()).isEqualTo(403);
        assertThat(act("rooms/delete", "", "room", other.room()).statusCode()).isEqualTo(303);
        await().atMost(Duration.ofSeconds(1)).until(() -> !other.isConnected());
        assertThat(fred.getStatus("rooms/" + other.room())).isEqualTo(404);

        act("users/ban", "fred");
        Elements row = alice.page("admin/rooms").select("[data-room=%s]".formatted(room.room()));
        assertThat(row.text()).contains("closed, owned by @fred, 1 member", "no owner");
        assertThat(act("rooms/take", "", "room", room.room()).statusCode()).isEqualTo(303);
        assertThat(alice.page(room.at("about")).select("#room").text()).isEqualTo("Room settings");
        assertThat(auditEntries())
                .contains(
                        "@alice closed the room Orphanage",
                        "@alice deleted the room Ruin",
                        "@alice took over the room Orphanage");
    }

    @Test
    void a_muted_member_reads_but_cannot_post_in_any_way() {
        ChatClient room = carol.makes("Library", "open").connect();
        ChatClient bobs = bob.in(room.room());
        bob.post(bobs.at("join"), Map.of());
        bobs.connect();
        long seq = bobs.posts("Before");
        assertThat(carol.postStatus(room.at("mute"), Map.of("username", "bob"))).isEqualTo(303);

        // This socket was open before the user was muted.
        bobs.sends("{\"body\":\"Over the socket\",\"key\":\"1\"}");
        await().until(() -> bobs.notices().toString().contains("muted"));
        HttpResponse<String> form = bob.post(bobs.at("messages"), Map.of("body", "By form", "key", "2"));
        assertThat(form.statusCode()).isEqualTo(403);
        Document refused = Jsoup.parse(form.body());
        assertThat(refused.select("[name=body]").val()).isEqualTo("By form");
        assertThat(refused.select(".refusal").text()).contains("You are muted in this room.");
        Map<String, String> answer = Map.of("body", "An answer", "key", "3", "replyTo", "" + seq);
        assertThat(bob.postStatus(bobs.at("messages"), answer, "HX-Request", "true"))
                .isEqualTo(403);
        assertThat(bob.postStatus(bobs.at("messages"), answer, "Accept", "application/json"))
                .isEqualTo(403);
        HttpResponse<String> edit = bob.post(bobs.at("messages/1/edit"), Map.of("body", "Edited"));
        assertThat(edit.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(edit.body()).select("[name=body]").val()).isEqualTo("Edited");
        assertThat(bob.postStatus(bobs.at("messages/1/reactions"), Map.of("emoji", "love")))
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
        assertThat(bob.page(bobs.at("").replaceFirst("/$", "")).select("#muted").text())
                .contains("You are muted");

        // Members cannot mute each other, and nobody can mute the owner.
        assertThat(bob.postStatus(bobs.at("unmute"), Map.of("username", "bob"))).isEqualTo(403);
        alice.post(room.at("join"), Map.of());
        HttpResponse<String> owner = alice.post(room.at("mute"), Map.of("username", "carol"));
        assertThat(owner.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(owner.body()).select(".refusal").text()).contains("owner");
        assertThat(alice.postStatus(room.at("unmute"), Map.of("username", "bob")))
                .isEqualTo(303);
        bobs.posts("After");
        // Owners and operators delete messages of others; the audit log records it without the text.
        carol.post(room.at("messages/1/delete"), Map.of());
        assertThat(auditEntries()).contains("@alice unmuted @bob in Library");
        assertThat(entriesOfOwners())
                .contains("@carol muted @bob in Library", "@carol deleted a message by @bob in Library (message 1)");
        assertThat(alice.get("admin/audit").body() + alice.get("admin/audit?by=owners"))
                .doesNotContain("Before", "By form", "After");
    }

    @Test
    void the_deeds_of_room_owners_do_not_hide_those_of_operators() {
        chat.user("harry");
        act("users/ban", "harry");
        ChatClient owner = chat.user("gina");
        ChatClient room = owner.makes("Noise", "open");
        bob.post(room.at("join"), Map.of());
        for (int round = 0; round < 26; round++) {
            owner.post(room.at("mute"), Map.of("username", "bob"));
            owner.post(room.at("unmute"), Map.of("username", "bob"));
        }
        assertThat(auditEntries()).contains("@alice banned @harry").noneMatch(entry -> entry.contains("@gina"));

        Document page = alice.page("admin/audit");
        assertThat(page.select(".filter [aria-current]").text()).isEqualTo("operators");
        page = alice.page(page.select(".filter a").last().attr("href").substring(1));
        assertThat(page.select(".filter [aria-current]").text()).isEqualTo("room owners");
        assertThat(page.select(".admin-list li"))
                .hasSize(50)
                .allMatch(entry -> entry.text().contains("@gina"));
        page = alice.page(page.select("a:contains(Older)").attr("href").substring(1));
        assertThat(page.select(".admin-list li").eachText().subList(0, 2)).allMatch(entry -> entry.contains("@gina"));
        assertThat(page.text()).doesNotContain("banned");
    }

    private HttpResponse<String> act(String action, String username, String... more) {
        Map<String, String> form = new HashMap<>(Map.of("username", username));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return alice.post("admin/" + action, form);
    }

    /** Returns the text of a message as it was last shown to this user. */
    private static String lastOf(ChatClient user, String place) {
        return user.frames().stream()
                .flatMap(frame -> Jsoup.parse(frame).select(place).stream())
                .map(Element::html)
                .reduce("", (before, after) -> after);
    }

    /** Returns the audit log without the times. */
    private List<String> auditEntries() {
        return entries("admin/audit");
    }

    private List<String> entriesOfOwners() {
        return entries("admin/audit?by=owners");
    }

    private List<String> entries(String path) {
        Document page = alice.page(path);
        page.select("time").remove();
        page.select("q").forEach(note -> note.text("“" + note.text() + "”"));
        return page.select(".admin-list li").eachText();
    }

    private static HttpResponse<String> signIn(String login, String password) {
        return chat.visitor(login).post("login", Map.of("login", login, "password", password));
    }
}
