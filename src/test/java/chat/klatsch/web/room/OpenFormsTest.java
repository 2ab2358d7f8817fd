package chat.klatsch.web.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks what the server keeps of the forms beside the composer. */
class OpenFormsTest {
    private static final String SERIES = "AAAAAAAAAAAAAAAAAAAAAA.";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.MESSAGE_LENGTH, 100));

    private static int people;

    private ChatClient alice;
    private ChatClient bob;

    @BeforeEach
    void join() {
        alice = chat.join("alice" + ++people);
        bob = chat.join("bob" + people);
    }

    @Test
    void unsent_messages_keep_their_keys_and_their_order_however_they_are_saved() {
        long seq = bob.posts("Tea?");
        saves(alice, "BBBBBBBBBBBBBBBBBBBBBB.7", "of an earlier page", "at", "900");
        saves(alice, SERIES + 10, "third", "at", "1");
        saves(alice, SERIES + 2, "second", "at", "1", "replyTo", "" + seq);
        saves(alice, SERIES + 1, "first", "at", "1");
        saves(alice, SERIES + 2, "second, changed", "at", "3", "replyTo", "" + seq);
        saves(alice, SERIES + 2, "late", "at", "2");
        assertThat(unsent(alice)).containsExactly("of an earlier page", "first", "second, changed", "third");
        Document page = alice.page("rooms/lobby");
        assertThat(page.select(".pending [name=key]").eachAttr("value"))
                .containsExactly("BBBBBBBBBBBBBBBBBBBBBB.7", SERIES + 1, SERIES + 2, SERIES + 10);
        assertThat(page.select(".pending .replying").text()).contains("Tea?");
        assertThat(page.select("#composer [name=body]").text()).isEmpty();
        assertThat(page.select("#r-lobby .unsent")).hasSize(1);
        assertThat(unsent(bob)).isEmpty();

        alice.posts("first", SERIES + 1);
        alice.posts("second", SERIES + 2);
        saves(alice, SERIES + 1, "first, late", "at", "9");
        assertThat(discards(alice, SERIES + 10)).isEqualTo(303);
        saves(alice, SERIES + 10, "third, late", "at", "9");
        assertThat(unsent(alice)).containsExactly("of an earlier page");
        saves(alice, "BBBBBBBBBBBBBBBBBBBBBB.7", " ", "at", "901");
        assertThat(alice.page("rooms/lobby").select(".pending, .unsent")).isEmpty();
    }

    @Test
    void a_draft_becomes_the_unsent_message_of_its_form() {
        alice.post(alice.at("draft"), Map.of("key", SERIES + 1, "at", "1", "body", "typed"));
        saves(alice, SERIES + 1, "typed and sent", "at", "2");
        alice.post(alice.at("draft"), Map.of("key", SERIES + 1, "at", "1", "body", "late"));
        Document page = alice.page("rooms/lobby");
        assertThat(page.select("#composer [name=body]").text()).isEmpty();
        assertThat(unsent(alice)).containsExactly("typed and sent");

        // The page that shows a draft of another device sends it, in vain.
        alice.post(alice.at("draft"), Map.of("key", "phone", "at", "7", "body", "from the phone"));
        saves(alice, SERIES + 2, "from the phone", "at", "2", "draft", "phone@7");
        assertThat(unsent(alice)).containsExactly("typed and sent", "from the phone");
        assertThat(alice.page("rooms/lobby").select("#composer [name=body]").text())
                .isEmpty();
    }

    @Test
    void the_number_and_length_of_kept_texts_are_bounded() {
        for (int i = 1; i <= 12; i++) {
            assertThat(saves(alice, SERIES + i, "text " + i)).isEqualTo(204);
        }
        long seq = alice.posts("mine");
        assertThat(saves(alice, SERIES + 13, "one too many")).isEqualTo(422);
        assertThat(edits(alice, seq, "E", "one too many")).isEqualTo(422);
        assertThat(saves(alice, SERIES + 12, "x".repeat(300))).isEqualTo(204);
        assertThat(saves(alice, SERIES + 12, "x".repeat(301))).isEqualTo(422);
        assertThat(saves(alice, "no key of a form", "text")).isEqualTo(400);
        assertThat(unsent(alice)).hasSize(12);
    }

    @Test
    void one_key_keeps_one_text() {
        long first = alice.posts("first");
        long second = alice.posts("second");
        assertThat(saves(alice, SERIES + 1, "not sent")).isEqualTo(204);
        assertThat(edits(alice, first, "E", "first, changed")).isEqualTo(204);
        assertThat(edits(alice, second, "E", "second, changed")).isEqualTo(422);
        assertThat(edits(alice, second, SERIES + 1, "second, changed")).isEqualTo(422);
        assertThat(edits(alice, first, SERIES + 1, "first, changed again")).isEqualTo(422);
        assertThat(edits(alice, second, SERIES + 2, "second, changed")).isEqualTo(204);
        assertThat(saves(alice, SERIES + 2, "not sent")).isEqualTo(422);
        assertThat(texts(alice, ".edit [name=body]")).containsExactly("first, changed", "second, changed");
        assertThat(unsent(alice)).containsExactly("not sent");
    }

    @Test
    void an_edit_is_open_again_until_it_is_saved_or_cancelled_or_its_message_is_deleted() {
        long first = alice.posts("first");
        long second = alice.posts("second");
        edits(alice, first, "E", " first,\nchanged ");
        edits(alice, second, "F", "second, changed");
        edits(alice, second, "G", "second, changed elsewhere");
        assertThat(texts(alice, ".edit [name=body]")).containsExactly(" first,\nchanged ", "second, changed elsewhere");
        assertThat(texts(bob, ".edit")).isEmpty();
        assertThat(edits(bob, first, "E", "not mine")).isEqualTo(404);

        Document page = alice.page(alice.at("messages/" + first + "/edit"));
        assertThat(value(page.select("[name=body]").get(0))).isEqualTo(" first,\nchanged ");
        Map<String, String> form = new HashMap<>();
        page.select(".edit [name]").forEach(field -> form.put(field.attr("name"), field.val()));
        assertThat(alice.postStatus(alice.at("messages/" + first + "/edit"), form))
                .isEqualTo(303);
        edits(alice, first, form.get("edit"), "late");
        assertThat(texts(alice, ".edit [name=body]")).containsExactly("second, changed elsewhere");

        alice.post(alice.at("draft"), Map.of("seq", "" + second, "edit", "F", "discard", "yes"));
        assertThat(texts(alice, ".edit [name=body]")).as("another form's").hasSize(1);
        alice.post(alice.at("messages/" + second + "/delete"), Map.of());
        assertThat(alice.page("rooms/lobby").select(".edit, .unsent")).isEmpty();
        assertThat(edits(alice, second, "G", "late")).isEqualTo(404);
    }

    @Test
    void signing_in_again_opens_edits_and_joins_messages_that_may_have_been_saved() {
        long seq = alice.posts("first");
        long gone = alice.posts("gone");
        saves(alice, SERIES + 1, "not sent");
        alice.post(alice.at("messages/" + gone + "/delete"), Map.of());
        for (ChatClient user : List.of(bob, alice)) {
            String forms = "viewer=" + alice.username() + "&key=" + SERIES + "1&body=not+sent&seq=" + seq
                    + "&edit=E&body=changed&key=" + SERIES + "2&body=typed&key=" + SERIES + "3&body=&seq=" + gone
                    + "&edit=F&body=gone%2C+changed";
            Document login = Jsoup.parse(new ChatClient(chat.url(), "nobody")
                    .send(
                            "login/text?next=/rooms/lobby",
                            new String[] {"Content-Type", "application/x-www-form-urlencoded"},
                            request -> request.POST(BodyPublishers.ofString(forms)))
                    .body());
            assertThat(login.select("[name=edited]").eachText()).containsExactly("changed", "gone, changed");
            assertThat(login.select("[name=text]").get(0).wholeText()).isEqualTo("not sent\n\ntyped");
            String fields = login.select("form [name]").stream()
                    .filter(field -> !field.attr("name").matches("login|password"))
                    .map(OpenFormsTest::encoded)
                    .collect(Collectors.joining("&"));
            assertThat(user.send(
                                    "login",
                                    new String[] {"Content-Type", "application/x-www-form-urlencoded"},
                                    request -> request.POST(BodyPublishers.ofString(fields + "&login=" + user.username()
                                            + "&password=" + ChatClient.PASSWORD.replace(' ', '+'))))
                            .statusCode())
                    .isEqualTo(user == bob ? 200 : 303);
        }
        assertThat(bob.page("rooms/lobby").select(".edit, .unsent")).isEmpty();
        assertThat(texts(alice, ".edit [name=body]")).containsExactly("changed");
        assertThat(texts(alice, "#composer [name=body]")).containsExactly("gone, changed\n\nnot sent\n\ntyped");
        assertThat(unsent(alice)).isEmpty();
    }

    /** The composer may keep 300 characters, three times a message. */
    @Test
    void texts_that_are_too_long_for_one_draft_are_kept_one_by_one_after_signing_in_again() {
        List<String> typed = List.of("a".repeat(150), "\u00fc\ud83d\ude00\n\n" + "b".repeat(150), "c".repeat(150));
        saves(alice, SERIES + 1, typed.get(0));
        StringBuilder forms = new StringBuilder("viewer=" + alice.username());
        for (int i = 0; i < typed.size(); i++) {
            forms.append("&key=" + SERIES + (i + 1) + "&body=");
            forms.append(URLEncoder.encode(typed.get(i).replace("\n", "\r\n"), StandardCharsets.UTF_8));
        }
        Document login = Jsoup.parse(
                sends(new ChatClient(chat.url(), "nobody"), "login/text?next=/rooms/lobby", forms.toString())
                        .body());
        String fields = login.select("form [name]").stream()
                .filter(field -> !field.attr("name").matches("login|password"))
                .map(OpenFormsTest::encoded)
                .map(field -> field.replace("%0A", "%0D%0A"))
                .collect(Collectors.joining("&"));
        String password = "&password=" + ChatClient.PASSWORD.replace(' ', '+');
        assertThat(sends(alice, "login", fields + "&login=" + alice.username() + password)
                        .statusCode())
                .isEqualTo(303);
        assertThat(unsent(alice)).containsExactlyElementsOf(typed.subList(0, 2));
        assertThat(texts(alice, "#composer [name=body]")).containsExactly(typed.get(2));
    }

    private static HttpResponse<String> sends(ChatClient user, String path, String form) {
        return user.send(
                path,
                new String[] {"Content-Type", "application/x-www-form-urlencoded"},
                request -> request.POST(BodyPublishers.ofString(form)));
    }

    @Test
    void kept_texts_end_with_the_membership() {
        ChatClient group = alice.makes("Open " + people, "open");
        ChatClient guest = bob.in(group.room());
        guest.post(guest.at("join"), Map.of());
        saves(guest, SERIES + 1, "secret");
        edits(guest, guest.posts("mine"), "E", "secret");
        guest.post(guest.at("leave"), Map.of());
        guest.post(guest.at("join"), Map.of());
        assertThat(guest.page("rooms/" + group.room()).select(".pending, .edit, .unsent"))
                .isEmpty();
    }

    private static String encoded(Element field) {
        return field.attr("name") + "=" + URLEncoder.encode(value(field), StandardCharsets.UTF_8);
    }

    /** Drops the first line break of a textarea, as browsers do. */
    private static String value(Element field) {
        return field.tagName().equals("textarea") ? field.wholeText().replaceFirst("^\n", "") : field.val();
    }

    private static int saves(ChatClient user, String key, String body, String... more) {
        Map<String, String> form = new HashMap<>(Map.of("key", key, "body", body, "unsent", "true"));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return user.postStatus(user.at("draft"), form);
    }

    private static int edits(ChatClient user, long seq, String form, String body) {
        return user.postStatus(user.at("draft"), Map.of("seq", "" + seq, "edit", form, "body", body));
    }

    private static int discards(ChatClient user, String key) {
        return user.postStatus(user.at("draft"), Map.of("key", key, "body", "whatever", "discard", "yes"));
    }

    private static List<String> unsent(ChatClient user) {
        return texts(user, ".pending [name=body]");
    }

    private static List<String> texts(ChatClient user, String selector) {
        return user.page("rooms/" + user.room()).select(selector).stream()
                .map(OpenFormsTest::value)
                .toList();
    }
}
