package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever cannot be undone is asked for first, and said afterwards. */
class ConfirmationTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config ->
            config.passwordMemory(1).limit(Limit.ROOM_CHANGES_PER_MINUTE, 0).limit(Limit.POSTS_PER_MINUTE, 0));

    private static int people;

    private ChatClient alice;
    private ChatClient bob;
    private ChatClient carol;
    private ChatClient room;

    @ParameterizedTest
    @CsvSource({
        "ROOM/members/remove?username=BOB, Remove BOB from Kitchen?, BOB has been removed from this room.",
        "ROOM/members/remove?username=CAROL, Withdraw CAROL's invitation?, CAROL's invitation has been withdrawn.",
        "ROOM/mute?username=BOB, Mute BOB?, BOB is muted in this room.",
        "ROOM/transfer?username=BOB, Make BOB the owner of Kitchen?, BOB owns this room now.",
        "ROOM/invitation, Create a new invitation link?, The invitation link is ready to be shared.",
        "ROOM/invitation/revoke, Revoke the invitation link?, The invitation link no longer works.",
        "ROOM/delete, Delete Kitchen?, Kitchen has been deleted.",
        "admin/users/ban?username=BOB, Ban @BOB?, @BOB is banned and signed out everywhere.",
        "admin/users/appoint?username=BOB, Make @BOB an operator?, @BOB is an operator now.",
        "admin/rooms/close?room=ID, Make Kitchen a closed room?, Kitchen is a closed room now.",
        "admin/rooms/delete?room=ID, Delete Kitchen?, Kitchen has been deleted.",
        "admin/messages/delete?room=ID&seq=1, Delete this message?, A message by @alice has been deleted.",
        "settings/sessions, Sign out everywhere?, You are signed out on all devices."
    })
    void an_action_is_asked_for_and_then_said(String page, String question, String outcome) {
        Document asked = alice.page(at(page));
        assertThat(asked.select("h1").text()).isEqualTo(at(question));
        assertThat(asked.select("form[method=post] a.secondary").attr("href"))
                .as("cancel")
                .startsWith("/");
        HttpResponse<String> done = submit(asked);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        String next = done.headers().firstValue("Location").orElseThrow().substring(1);
        assertThat(alice.page(next).select("main [role=status]").text()).contains(at(outcome));
    }

    @Test
    void who_leaves_or_declines_is_told_so() {
        assertThat(bob.page(room.at("leave")).select("h1").text()).isEqualTo(at("Leave Kitchen?"));
        assertThat(bob.post(room.at("leave"), Map.of()).headers().firstValue("Location"))
                .contains("/rooms?done=left&of=Kitchen+" + people);
        assertThat(carol.page(room.at("decline")).text()).contains(at("Decline the invitation to Kitchen?"));
        assertThat(carol.post(room.at("decline"), Map.of()).headers().firstValue("Location"))
                .contains("/rooms?done=declined&of=Kitchen+" + people);
        assertThat(carol.getStatus(room.at("decline"))).isEqualTo(404);
    }

    @Test
    void an_operator_who_gives_the_role_up_is_led_out_of_the_area() {
        alice.post("admin/users/appoint", Map.of("username", bob.username()));
        String path = "admin/users/dismiss";
        assertThat(bob.page(path + "?username=" + bob.username()).select("h1").text())
                .isEqualTo("Stop being an operator?");
        HttpResponse<String> done = bob.post(path, Map.of("username", bob.username()));
        assertThat(done.headers().firstValue("Location").orElseThrow()).startsWith("/?done=dismissed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/ok"})
    void a_question_leads_back_within_the_chat_only(String back) {
        Document asked = alice.page(room.at(
                "mute?username=" + bob.username() + "&back=" + URLEncoder.encode(back, StandardCharsets.UTF_8)));
        String expected = back.equals("/ok") ? "/ok" : "/";
        assertThat(asked.select("form a.secondary").attr("href")).isEqualTo(expected);
        HttpResponse<String> done = alice.post(room.at("mute"), Map.of("username", bob.username(), "back", back));
        assertThat(done.headers().firstValue("Location").orElseThrow()).startsWith(expected + "?done=muted");
    }

    @Test
    void a_message_in_an_address_speaks_of_a_name_only_where_it_should() {
        assertThat(alice.page("rooms?done=left&of=%3Cb%3EYou")
                        .select("main [role=status]")
                        .text())
                .isEqualTo("You have left <b>You.");
        for (String forged : new String[] {"left", "saved&of=x", "nonsense&of=x", "left&of=" + "x".repeat(201)}) {
            assertThat(alice.page("rooms?done=" + forged).select("p[role=status].success"))
                    .isEmpty();
        }
    }

    @Test
    void nobody_but_the_owner_or_an_operator_is_asked() {
        for (String page :
                new String[] {"mute?username=alice", "members/remove?username=alice", "delete", "invitation"}) {
            assertThat(bob.getStatus(room.at(page))).as(page).isEqualTo(403);
        }
        assertThat(alice.getStatus(room.at("mute?username=nobody"))).isEqualTo(404);
        assertThat(alice.getStatus("admin/users/ban?username=nobody")).isEqualTo(404);
        assertThat(alice.getStatus("admin/rooms/delete?room=lobbyy")).isEqualTo(404);
        assertThat(alice.getStatus("admin/messages/delete?room=lobby&seq=999")).isEqualTo(404);
    }

    @Test
    void a_muted_member_reads_the_reason_and_a_banned_one_is_told_after_the_right_password_only() {
        assertThat(alice.post(room.at("mute"), Map.of("username", bob.username(), "note", "x".repeat(201)))
                        .statusCode())
                .isEqualTo(422);
        assertThat(bob.page("rooms/" + room.room()).select("#muted").text()).isEmpty();
        alice.post(room.at("mute"), Map.of("username", bob.username(), "note", " Too  many <cats> "));
        assertThat(bob.page("rooms/" + room.room()).select("#muted").text())
                .contains("You are muted in this room.", "Reason: Too many <cats>");
        assertThat(alice.page("admin/audit")
                        .select("[data-action=MUTED] q")
                        .first()
                        .text())
                .isEqualTo("Too many <cats>");

        alice.post("admin/users/ban", Map.of("username", bob.username()));
        ChatClient visitor = chat.visitor();
        assertThat(visitor.post("login", Map.of("login", bob.username(), "password", "wrong password"))
                        .body())
                .contains("Wrong username, email or password.")
                .doesNotContain("banned");
        HttpResponse<String> told =
                visitor.post("login", Map.of("login", bob.username(), "password", ChatClient.PASSWORD));
        assertThat(told.statusCode()).isEqualTo(403);
        assertThat(told.body()).contains("banned", "name=\"login\"");
    }

    /** The same operator with a new session, and others of whom nothing is known. */
    @BeforeEach
    void prepare() {
        chat.user("alice");
        alice = chat.visitor("alice").signIn();
        bob = chat.user("bob" + ++people);
        carol = chat.user("carol" + people);
        room = alice.makes("Kitchen " + people, "open");
        room.posts("hello");
        room.admits(bob);
        room.post(room.at("members"), Map.of("username", carol.username()));
        room.post(room.at("invitation"), Map.of());
    }

    private String at(String page) {
        // The id comes last, as it may contain anything.
        return page.replace("BOB", bob.username())
                .replace("CAROL", carol.username())
                .replace("Kitchen", "Kitchen " + people)
                .replace("ROOM", "rooms/ID")
                .replace("ID", room.room());
    }

    private HttpResponse<String> submit(Document page) {
        Element form = page.selectFirst("main form[method=post]");
        Map<String, String> fields = new HashMap<>();
        form.select("input[name]").forEach(field -> fields.put(field.attr("name"), field.val()));
        return alice.post(form.attr("action").substring(1), fields);
    }
}
