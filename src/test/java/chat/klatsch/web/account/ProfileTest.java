package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
    private static ChatServer chat;
    private static ChatClient alice;
    private static ChatClient bob;

    @BeforeAll
    static void start(@TempDir Path directory) {
        chat = ChatServer.start(config -> config.port(0).dataDirectory(directory));
        alice = new ChatClient(chat.url(), "Alice").signUp();
        bob = new ChatClient(chat.url(), "bob").signUp();
    }

    @AfterAll
    static void stop() {
        chat.close();
    }

    @Test
    void what_one_says_of_oneself_is_on_a_page_for_those_who_are_signed_in() {
        assertThat(introduces(bob, "Bob Ross", " Happy\r\n<b>trees</b> ", "Europe/Berlin")
                        .statusCode())
                .isEqualTo(303);

        Document page = alice.page("@BOB");
        assertThat(page.select("h1").text()).isEqualTo("Bob Ross");
        assertThat(page.select(".username").text()).isEqualTo("@bob");
        assertThat(page.select(".bio").first().wholeText()).isEqualTo("Happy\n<b>trees</b>");
        assertThat(page.select("form").attr("action")).isEqualTo("/direct/bob");
        assertThat(page.select("form button").text()).isEqualTo("Send message");
        assertThat(page.text()).doesNotContain("Berlin");

        Document own = bob.page("@bob");
        assertThat(own.select("form")).isEmpty();
        assertThat(own.select("a[href=/settings]")).isNotEmpty();
        assertThat(bob.page("settings").select("option[selected]").val()).isEqualTo("Europe/Berlin");
        assertThat(stranger().get("@bob").headers().firstValue("Location")).contains("/login?next=%2F%40bob");
    }

    @Test
    void nobody_has_no_page() {
        assertThat(alice.get("@nobody").statusCode()).isEqualTo(404);
        assertThat(alice.get("@").statusCode()).isEqualTo(404);
    }

    @Test
    void a_new_name_is_on_the_next_page_in_new_messages_and_in_the_list_of_who_is_here() {
        ChatClient dora = ChatClient.join(chat, "dora");
        ChatClient watcher = alice.tab().connect();
        introduces(dora, "Dora the Explorer", "", "UTC");

        assertThat(dora.page("rooms/lobby").select(".user-menu b").text()).isEqualTo("Dora the Explorer");
        dora.posts("Hola");
        watcher.sees("Hola");
        assertThat(watcher.frames()).anyMatch(frame -> frame.contains("Hola") && frame.contains("Dora the Explorer"));
        ChatClient again = dora.tab().connect();
        dora.disconnect();
        await().until(() -> watcher.frames().stream()
                .anyMatch(frame -> Jsoup.parse(frame)
                        .select("#members [data-author=dora]")
                        .text()
                        .contains("Dora the Explorer")));
        introduces(dora, "", "", "UTC");
        assertThat(dora.page("rooms/lobby").select(".user-menu b").text()).isEqualTo("dora");
        again.close();
        watcher.close();
    }

    @Test
    void what_is_refused_comes_back_as_it_was_typed_and_changes_nothing() {
        refusesToIntroduce(422, "in\u202evisible", "about", "UTC");
        refusesToIntroduce(422, "x".repeat(41), "about", "UTC");
        refusesToIntroduce(422, "Alice", "x".repeat(501), "UTC");
        refusesToIntroduce(422, "Alice", "nul\u0000", "UTC");
        refusesToIntroduce(422, "Alice", "about", "Europe/Atlantis");
        refusesToIntroduce(422, "Alice", "about", "+02:00");
        refusesToIntroduce(409, "B\u043eb", "about", "UTC");
        assertThat(alice.page("@alice").select("h1").text()).isEqualTo("Alice");
    }

    @Test
    void ones_own_username_is_no_impersonation() {
        ChatClient carol = new ChatClient(chat.url(), "carol").signUp();
        assertThat(introduces(carol, "CAROL", "", "UTC").statusCode()).isEqualTo(303);
    }

    @Test
    void one_who_has_signed_up_is_welcomed_and_goes_on_to_where_they_wanted() {
        HttpResponse<String> signUp = stranger()
                .post("signup", Map.of("username", "erin", "password", ChatClient.PASSWORD, "next", "/@bob?x=1&y=2"));
        assertThat(signUp.headers().firstValue("Location")).contains("/welcome?next=%2F%40bob%3Fx%3D1%26y%3D2");

        ChatClient erin = new ChatClient(chat.url(), "erin").signIn();
        Document welcome = erin.page("welcome?next=%2F%40bob%3Fx%3D1%26y%3D2");
        assertThat(welcome.select("a:contains(Skip)").attr("href")).isEqualTo("/@bob?x=1&y=2");
        assertThat(welcome.select("[name=next]").val()).isEqualTo("/@bob?x=1&y=2");
        HttpResponse<String> refused = erin.post("welcome", Map.of("name", "bob", "next", "/@bob"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Jsoup.parse(refused.body()).select("[name=name]").val()).isEqualTo("bob");
        HttpResponse<String> named = erin.post("welcome", Map.of("name", "Erin", "next", "//evil.example"));
        assertThat(named.headers().firstValue("Location")).contains("/");
        assertThat(erin.page("@erin").select("h1").text()).isEqualTo("Erin");
    }

    @Test
    void clocks_are_those_of_the_readers_zone_on_the_page_in_history_and_live() {
        ChatClient frank = new ChatClient(chat.url(), "frank").signUp();
        introduces(frank, "", "", "Pacific/Kiritimati");
        frank.connect();
        bob.posts("What time is it?");
        frank.sees("What time is it?");

        String live = String.join("", frank.frames());
        String page = frank.get("rooms/lobby").body();
        String history = frank.get("rooms/lobby/messages?before=1000000").body();
        Element message = message(live);
        ZonedDateTime posted =
                Instant.parse(message.select(".time time").attr("datetime")).atZone(ZoneId.of("Pacific/Kiritimati"));
        assertThat(message.select(".time time").text()).isEqualTo(clock(posted));
        assertThat(message.select(".time time").attr("title")).contains(Integer.toString(posted.getDayOfMonth()));
        assertThat(List.of(message(page).outerHtml(), message(history).outerHtml()))
                .containsOnly(message.outerHtml());
        assertThat(message(alice.get("rooms/lobby").body()).select(".time time").text())
                .isEqualTo(clock(posted.withZoneSameInstant(ZoneOffset.UTC)));
        frank.close();
    }

    private static Element message(String html) {
        Document document = Jsoup.parse(html);
        // Only a page knows what is new to its reader.
        document.select(".first-new").remove();
        return document.select("li.message:contains(What time is it?)").last();
    }

    private static String clock(ZonedDateTime time) {
        return DateTimeFormatter.ofPattern("HH:mm").format(time);
    }

    private static void refusesToIntroduce(int status, String name, String about, String zone) {
        HttpResponse<String> response = introduces(alice, name, about, zone);
        assertThat(response.statusCode()).isEqualTo(status);
        Document page = Jsoup.parse(response.body());
        assertThat(page.select("[name=name]").val()).isEqualTo(name);
        assertThat(page.select("[name=about]").first().wholeText().strip()).isEqualTo(about.replace("\0", "\ufffd"));
        assertThat(page.select(".refusal[role=alert]").text()).isNotBlank();
    }

    private static HttpResponse<String> introduces(ChatClient person, String name, String about, String zone) {
        return person.post("settings", Map.of("name", name, "about", about, "zone", zone));
    }

    private static ChatClient stranger() {
        return new ChatClient(chat.url(), "stranger");
    }
}
