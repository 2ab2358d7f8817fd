package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Upload;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sends forms that are not carried out, and looks for what was typed in them. Alice is an operator. */
class UnsentFormTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 0).limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient alice = chat.user("alice");
    private final ChatClient browser = chat.visitor("alice");
    private ChatClient room;

    @BeforeEach
    void start() {
        chat.user("bob");
        chat.user("dave");
        browser.signIn();
        room = alice.makes("Kitchen", "closed");
        room.posts("hello");
        room.admits(chat.user("dave"));
    }

    @ParameterizedTest
    @CsvSource({
        "settings, settings/profile, about, two <lines> & more",
        "settings, settings/profile, name, Alice L.",
        "settings/account, settings/email, email, new@example.org",
        "welcome, settings/profile, name, Lis",
        "rooms, rooms, name, Cellar",
        "ROOM/about, ROOM/about, name, Pantry",
        "ROOM/about, ROOM/members, username, bob",
        "ROOM/transfer?username=dave, ROOM/transfer, username, dave",
        "ROOM/messages/1/edit, ROOM/messages/1/edit, body, hello there",
        "admin/users/ban?username=bob, admin/users/ban, note, 'sold \"watches\"'"
    })
    void a_form_of_an_ended_session_can_be_sent_once_its_user_has_signed_in_again(
            String page, String action, String field, String text) {
        Element form = form(browser.page(at(page)), at(action));
        form.selectFirst("[name=" + field + "]").val(text);
        browser.post("logout", Map.of());

        Document refusal = Jsoup.parse(submit(form, 401).body());
        assertThat(refusal.select("textarea").eachText()).contains(text);
        Document signIn = Jsoup.parse(
                submit(refusal.selectFirst("form[action^=/login]"), 200).body());
        assertThat(signIn.select("textarea").eachText()).contains(text);
        Element login = signIn.selectFirst("form");
        login.selectFirst("[name=login]").val("alice");
        login.selectFirst("[name=password]").val("wrong password");
        login = Jsoup.parse(submit(login, 401).body()).selectFirst("form");
        login.selectFirst("[name=login]").val("alice");
        login.selectFirst("[name=password]").val(ChatClient.PASSWORD);
        Element again = form(
                Jsoup.parse(submit(login, 200).body()),
                page.equals("welcome") ? page : at(action).replace("settings/profile", "settings"));
        assertThat(again.selectFirst("[name=" + field + "]").val()).isEqualTo(text);
        assertThat(again.html()).doesNotContain(ChatClient.PASSWORD);
        again.select("[type=password]").val(ChatClient.PASSWORD);
        submit(again, 303);
        if (action.endsWith("/ban")) {
            assertThat(alice.page("admin/audit").text()).contains(text);
            alice.post("admin/users/unban", Map.of("username", "bob"));
        }
    }

    @Test
    void another_user_who_signs_in_sees_whose_text_it_is_and_cannot_send_it() {
        Element form = form(browser.page("settings"), "settings/profile");
        form.selectFirst("[name=about]").val("all about Alice");
        browser.post("logout", Map.of());
        Element signIn = Jsoup.parse(submit(form, 401).body()).selectFirst("form[action^=/login]");
        signIn = Jsoup.parse(submit(signIn, 200).body()).selectFirst("form");
        signIn.selectFirst("[name=login]").val("bob");
        signIn.selectFirst("[name=password]").val(ChatClient.PASSWORD);
        Document shown = Jsoup.parse(submit(signIn, 200).body());
        assertThat(shown.select(".refusal").text()).contains("@bob", "@alice");
        HttpResponse<String> refusal = submit(form(shown, "settings"), 409);
        assertThat(Jsoup.parse(refusal.body()).select("textarea").eachText()).containsExactly("all about Alice");
        assertThat(browser.page("settings").select("[name=about]").val()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "settings, settings/profile, about, LONG",
        "settings, settings/profile, name, LONG",
        "settings/account, settings/email, email, no address",
        "welcome, settings/profile, name, LONG",
        "rooms, rooms, name, LONG",
        "ROOM/about, ROOM/about, name, LONG",
        "ROOM/about, ROOM/members, username, nobody at all",
        "ROOM/messages/1/edit, ROOM/messages/1/edit, body, LONG",
        "admin/users/ban?username=bob, admin/users/ban, note, LONG"
    })
    void a_refused_form_shows_what_was_typed(String page, String action, String field, String text) {
        String typed = text.equals("LONG") ? "long ".repeat(1_000).strip() : text;
        Element form = form(browser.page(at(page)), at(action));
        form.selectFirst("[name=" + field + "]").val(typed);
        form.select("[type=password]").val(ChatClient.PASSWORD);
        Document refusal = Jsoup.parse(submit(form, 0).body());
        assertThat(refusal.select(".refusal:not(:empty)")).hasSize(1);
        assertThat(form(refusal, at(action)).selectFirst("[name=" + field + "]").val())
                .isEqualTo(typed);
    }

    @Test
    void a_form_from_another_site_is_not_offered_again() {
        HttpResponse<String> refusal = browser.post(
                "admin/users/ban",
                Map.of("viewer", "alice", "username", "bob", "note", "spam"),
                "Sec-Fetch-Site",
                "cross-site");
        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(refusal.body()).doesNotContain("<form", "spam");
    }

    private String at(String path) {
        return path.replace("ROOM", "rooms/" + room.room());
    }

    private static Element form(Document page, String action) {
        return page.select("form[method=post]").stream()
                .filter(form -> form.attr("action").replaceFirst("\\?.*", "").equals("/" + action))
                .filter(form -> form.selectFirst("[name=viewer][value=alice]") != null
                        || form.attr("action").contains("viewer=alice"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page.text()));
    }

    /** Sends the form with its first button. @param status the expected one, or 0 for any refusal */
    private HttpResponse<String> submit(Element form, int status) {
        Map<String, String> fields = new HashMap<>();
        for (Element field :
                form.select("[name]:not([type=radio]:not([checked])):not([type=checkbox]:not([checked]))")) {
            fields.put(
                    field.attr("name"),
                    field.normalName().equals("select")
                            ? field.select("option[selected]").val()
                            : field.val());
        }
        String path = form.attr("action").substring(1);
        HttpResponse<String> response = form.hasAttr("enctype")
                ? Upload.send(browser, path, Upload.TYPE, Upload.form(fields, "", new byte[0]))
                : browser.post(path, fields);
        if (status == 0) {
            assertThat(response.statusCode()).isBetween(400, 499);
        } else {
            assertThat(response.statusCode())
                    .as(Jsoup.parse(response.body()).text())
                    .isEqualTo(status);
        }
        return response;
    }
}
