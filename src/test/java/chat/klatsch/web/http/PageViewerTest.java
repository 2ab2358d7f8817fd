package chat.klatsch.web.http;

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
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lets one user sign in while pages of another one are open in the same browser. */
class PageViewerTest {
    private static final String REFUSAL = "You are now signed in as @bob.";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 0).limit(Limit.POSTS_PER_MINUTE, 0));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rooms/lobby",
                "rooms",
                "ROOM",
                "ROOM/about",
                "ROOM/delete",
                "ROOM/messages/1/edit",
                "ROOM/messages/1/reply",
                "settings",
                "settings/account",
                "welcome",
                "@bob",
                "search?q=hello",
                "ROOM/invitation",
                "settings/sessions",
                "admin/users",
                "admin/users/ban?username=bob",
                "admin/rooms/delete?room=ID",
                "admin/messages/delete?room=ID&seq=1",
                "admin/chat"
            })
    void every_form_names_the_user_for_whom_it_was_rendered(String page) {
        ChatClient alice = chat.user("alice");
        chat.user("bob");
        ChatClient room = room(alice);
        room.posts("hello");
        room.post(room.at("messages/1/reactions"), Map.of("emoji", "like"));
        assertThat(alice.page(page.replace("ROOM", "rooms/" + room.room()).replace("ID", room.room()))
                        .select("form[method=post]"))
                .isNotEmpty()
                .allSatisfy(form -> assertThat(
                                form.select("[name=viewer]").attr("value").equals("alice")
                                        || form.attr("action").contains("viewer=alice"))
                        .as(form.outerHtml())
                        .isTrue());
    }

    @Test
    void a_room_page_names_its_viewer_in_all_that_htmx_fetches_and_in_its_socket() {
        Element body = chat.user("alice").page("rooms/lobby").body();
        assertThat(body.attr("hx-headers:inherited")).isEqualTo("{\"Klatsch-Viewer\": \"alice\"}");
        assertThat(body.selectFirst("#live").attr("hx-ws:connect")).contains("viewer=alice");
        Element settings = chat.user("alice").page("settings").body();
        assertThat(settings.select("img[src*='settings/avatar']").attr("src")).contains("viewer=alice");
        assertThat(settings.attr("hx-headers:inherited")).isEqualTo(body.attr("hx-headers:inherited"));
    }

    @ParameterizedTest
    @CsvSource({
        "rooms/lobby/messages, body, hello",
        "rooms, name, Cellar",
        "settings, about, I like tea",
        "welcome, name, Alice",
        "admin/users/ban, note, spam",
        "logout, , ",
        "settings/avatar/remove, , ",
        "settings/delete, password, secret",
        "rooms/lobby/messages/1/edit, body, changed"
    })
    void a_form_of_a_former_user_is_refused_and_its_text_returned(String path, String field, String text) {
        ChatClient browser = chat.visitor("carol");
        browserOf("alice", browser);
        browserOf("bob", browser);
        HttpResponse<String> refusal = browser.post(
                path, field == null ? Map.of("viewer", "alice") : Map.of("viewer", "alice", "key", "k", field, text));
        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(refusal.body()).contains(REFUSAL).doesNotContain("Bob's", "secret");
        if (text != null && !text.equals("secret")) {
            assertThat(refusal.body()).contains(text);
        }
        assertThat(browser.getStatus("settings")).as("bob is signed in").isEqualTo(200);
        assertThat(chat.user("bob")
                        .page("settings")
                        .select("[name=about], [name=name]")
                        .eachText())
                .doesNotContain(String.valueOf(text));
        assertThat(chat.join("reader")
                        .page("rooms/lobby")
                        .select("#messages .body")
                        .eachText())
                .doesNotContain("hello");
    }

    @ParameterizedTest
    @CsvSource({
        "settings, about, I like tea, settings, /settings",
        "rooms, name, Cellar, rooms?page=2, /rooms?page=2",
        "settings/email, email, new@example.org, settings/account, /settings/account",
        "rooms/lobby/members, username, bob, rooms/lobby/about, /rooms/lobby/about",
        "rooms, name, Cellar, https://elsewhere.example/rooms, /",
        "settings/delete, password, secret, , /",
        "rooms/lobby/messages/1/edit, body, <b>changed</b>, //elsewhere.example, /"
    })
    void a_form_of_an_ended_session_is_refused_with_its_text_and_a_link_back(
            String path, String field, String text, String page, String next) {
        String referrer = page == null ? "none" : page.startsWith("https:") ? page : chat.url() + page;
        HttpResponse<String> refusal = chat.visitor()
                .post(
                        path,
                        Map.of("viewer", "alice", "key", "k", field, text),
                        "Referer",
                        referrer,
                        "Sec-Fetch-Site",
                        "same-origin");
        assertThat(refusal.statusCode()).isEqualTo(401);
        Document shown = Jsoup.parse(refusal.body());
        assertThat(shown.select("textarea").eachText()).isEqualTo(text.equals("secret") ? List.of() : List.of(text));
        String query = "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        assertThat(shown.select("form").attr("action")
                        + shown.select("a.primary").attr("href"))
                .isEqualTo((text.equals("secret") ? "/login" : "/login/text") + query);
    }

    @Test
    void what_a_page_of_a_former_user_fetches_is_refused() {
        ChatClient browser = chat.visitor("carol");
        browserOf("alice", browser);
        browserOf("bob", browser);
        String[] headers = {"HX-Request", "true", "Klatsch-Viewer", "alice"};
        for (String path : new String[] {
            "rooms/lobby/connection", "rooms/lobby/messages?before=9", "rooms/lobby/messages?newer=0", "@bob"
        }) {
            HttpResponse<String> refusal = browser.get(path, headers);
            assertThat(refusal.statusCode()).as(path).isEqualTo(409);
            assertThat(refusal.headers().firstValue("HX-Redirect")).isEmpty();
            assertThat(refusal.body()).contains(REFUSAL).doesNotContain("/live", "data-seq", "Joined");
        }
        assertThat(browser.getStatus("settings/avatar?viewer=alice")).isEqualTo(409);
        assertThat(browser.getStatus("settings/avatar?viewer=bob")).isEqualTo(200);
        assertThat(browser.post("rooms/lobby/messages", Map.of("body", "hi"), headers)
                        .body())
                .contains(REFUSAL, ">hi</textarea>");
        assertThat(browser.post("rooms", Map.of("viewer", "alice"), "Accept", "application/json")
                        .body())
                .isEqualTo("{\"error\":\"" + REFUSAL + "\"}");
    }

    @Test
    void an_upload_and_a_socket_of_a_former_user_are_refused() {
        ChatClient browser = chat.visitor("carol");
        browserOf("alice", browser);
        browserOf("bob", browser);
        assertThat(browser.send(
                                "settings/avatar?viewer=alice",
                                new String[] {"Content-Type", "multipart/form-data; boundary=x"},
                                request -> request.POST(BodyPublishers.ofString("--x--\r\n")))
                        .statusCode())
                .isEqualTo(409);
        assertThat(browser.connects("rooms/lobby/live?viewer=alice")).isEqualTo(409);
        assertThat(browser.connects("rooms/lobby/live?resume&viewer=bob")).isEqualTo(101);
    }

    @Test
    void a_page_goes_on_working_after_the_same_user_has_signed_in_again() {
        ChatClient browser = chat.visitor("carol");
        browserOf("alice", browser);
        browser.post("logout", Map.of());
        assertThat(browser.postStatus("rooms/lobby/messages", Map.of("viewer", "alice", "body", "out")))
                .isEqualTo(401);
        browserOf("alice", browser);
        browser.connect();
        browserOf("alice", browser);
        assertThat(browser.postStatus("settings", Map.of("viewer", "alice", "about", "tea", "zone", "UTC")))
                .isEqualTo(303);
        assertThat(browser.closeCode()).as("reconnect").isEqualTo(1012);
        assertThat(browser.connect().isConnected()).isTrue();
    }

    @Test
    void the_old_token_ends_when_the_same_user_signs_in_again_and_other_browsers_stay_signed_in() {
        ChatClient browser = chat.visitor("alice");
        browserOf("alice", browser);
        String old = "klatsch=" + browser.cookie("klatsch").orElseThrow();
        ChatClient elsewhere = chat.visitor("alice");
        browserOf("alice", elsewhere);
        elsewhere.connect();
        browserOf("alice", browser);
        assertThat(chat.visitor().postStatus("settings", Map.of("about", "tea"), "Cookie", old))
                .isEqualTo(401);
        assertThat(chat.visitor().connects("rooms/lobby/live", "Cookie", old)).isEqualTo(401);
        assertThat(List.of(browser.getStatus("settings"), elsewhere.getStatus("settings")))
                .containsOnly(200);
        assertThat(elsewhere.isConnected()).isTrue();
    }

    @Test
    void whoever_signs_in_ends_the_session_that_the_browser_had() {
        ChatClient browser = chat.visitor("carol");
        browserOf("alice", browser);
        browser.connect();
        browserOf("bob", browser);
        assertThat(browser.closeCode()).isEqualTo(1008);
    }

    @Test
    void the_forms_to_sign_in_and_up_work_while_somebody_is_signed_in() {
        ChatClient browser = chat.visitor("newcomer");
        browserOf("alice", browser);
        browser.signUp();
        assertThat(browser.page("welcome").select(".profile-form").attr("action"))
                .contains("viewer=newcomer");
        browserOf("bob", browser);
        assertThat(browser.page("settings").select(".profile-form").attr("action"))
                .contains("viewer=bob");
    }

    private static ChatClient room(ChatClient alice) {
        String address = alice.page("rooms").select(".room-item a[href*=/rooms/]").eachAttr("href").stream()
                .filter(href -> !href.endsWith("lobby"))
                .findFirst()
                .orElse("");
        return address.isEmpty() ? alice.makes("Kitchen", "open") : alice.in(address.replaceFirst(".*/", ""));
    }

    /** Signs a user in with this cookie jar. */
    private static void browserOf(String username, ChatClient browser) {
        chat.user(username);
        Map<String, String> form = new HashMap<>(Map.of("login", username, "password", ChatClient.PASSWORD));
        assertThat(browser.postStatus("login", form)).isEqualTo(303);
    }
}
