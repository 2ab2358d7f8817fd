package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.http.HttpResponse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.user("Alice");
    private final ChatClient bob = chat.user("bob");

    @Test
    void a_profile_is_shown_to_signed_in_users() {
        assertThat(updatesProfile(bob, "Bob Ross", " Happy\r\n<b>trees</b> ", "Europe/Berlin")
                        .statusCode())
                .isEqualTo(303);

        Document page = alice.page("@BOB");
        assertThat(page.select("h1").text()).isEqualTo("Bob Ross");
        assertThat(page.select(".username").text()).isEqualTo("@bob");
        assertThat(page.select(".bio").first().wholeText()).isEqualTo("Happy\n<b>trees</b>");
        assertThat(page.select("main form").attr("action")).isEqualTo("/direct/bob");
        assertThat(page.select("main form button").text()).isEqualTo("Send message");
        assertThat(page.text()).doesNotContain("Berlin");

        Document own = bob.page("@bob");
        assertThat(own.select("main form")).isEmpty();
        assertThat(own.select("a[href=/settings]")).isNotEmpty();
        assertThat(bob.page("settings").select("option[selected]").val()).isEqualTo("Europe/Berlin");
        assertThat(chat.visitor().get("@bob").headers().firstValue("Location")).contains("/login?next=%2F%40bob");
    }

    @Test
    void an_unknown_user_has_no_profile() {
        assertThat(alice.getStatus("@nobody")).isEqualTo(404);
        assertThat(alice.getStatus("@")).isEqualTo(404);
    }

    @Test
    void a_new_display_name_appears_on_pages_in_messages_and_in_the_member_list() {
        ChatClient dora = chat.join("dora");
        ChatClient watcher = alice.tab().connect();
        updatesProfile(dora, "Dora the Explorer", "", "UTC");

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
        updatesProfile(dora, "", "", "UTC");
        assertThat(dora.page("rooms/lobby").select(".user-menu b").text()).isEqualTo("dora");
        again.close();
        watcher.close();
    }

    @Test
    void a_refused_profile_keeps_the_form_and_changes_nothing() {
        refusesProfile(422, "in\u202evisible", "about", "UTC");
        refusesProfile(422, "x".repeat(41), "about", "UTC");
        refusesProfile(422, "Alice", "x".repeat(501), "UTC");
        refusesProfile(422, "Alice", "about", "Europe/Atlantis");
        refusesProfile(422, "Alice", "about", "+02:00");
        refusesProfile(409, "B\u043eb", "about", "UTC");
        assertThat(alice.page("@alice").select("h1").text()).isEqualTo("Alice");
    }

    @Test
    void a_user_may_use_the_own_username_as_display_name() {
        ChatClient carol = chat.user("carol");
        assertThat(updatesProfile(carol, "CAROL", "", "UTC").statusCode()).isEqualTo(303);
    }

    @Test
    void sign_up_leads_to_the_welcome_page_and_then_to_the_wanted_page() {
        HttpResponse<String> signUp = chat.visitor()
                .post("signup", Map.of("username", "erin", "password", ChatClient.PASSWORD, "next", "/@bob?x=1&y=2"));
        assertThat(signUp.headers().firstValue("Location")).contains("/welcome?next=%2F%40bob%3Fx%3D1%26y%3D2");

        ChatClient erin = chat.visitor("erin").signIn();
        Document welcome = erin.page("welcome?next=%2F%40bob%3Fx%3D1%26y%3D2");
        assertThat(welcome.select(".profile-form").attr("action")).contains("next=%2F%40bob%3Fx%3D1%26y%3D2");
        HttpResponse<String> refused = erin.post("welcome", Map.of("name", "bob", "next", "/@bob"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Jsoup.parse(refused.body()).select("[name=name]").val()).isEqualTo("bob");
        HttpResponse<String> named = erin.post("welcome", Map.of("name", "Erin", "next", "//evil.example"));
        assertThat(named.headers().firstValue("Location")).contains("/");
        assertThat(erin.page("@erin").select("h1").text()).isEqualTo("Erin");
    }

    @Test
    void times_are_in_the_readers_zone_on_the_page_in_history_and_live() {
        ChatClient frank = chat.user("frank");
        updatesProfile(frank, "", "", "Pacific/Kiritimati");
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auto | en-US,en;q=0.9 | true
            auto | en-GB,en;q=0.9 | false
            auto | de             | false
            auto | hi-IN          | true
            auto | ''             | false
            auto | *, nonsense;;  | false
            12   | de             | true
            24   | en-US          | false
            """)
    void the_clock_has_12_or_24_hours_as_the_language_or_the_setting_has_it(
            String setting, String languages, boolean twelve) {
        ChatClient gina = new ChatClient(chat.url(), "gina" + Math.abs((setting + languages).hashCode())).signUp();
        gina.post("settings", Map.of("name", "", "about", "", "zone", "UTC", "hours", setting));
        assertThat(gina.page("settings").select("[name=hours] [selected]").val())
                .isEqualTo(setting);
        gina.posts("What time is it?");
        String page = gina.get("rooms/lobby", "Accept-Language", languages).body();
        String time = message(page).select(".time time").text();
        assertThat(time).matches(twelve ? "1?[0-9]:[0-5][0-9] [AP]M" : "[0-2][0-9]:[0-5][0-9]");
        assertThat(message(page).select(".time time").attr("title")).contains(time);
        gina.connect("rooms/lobby/live", "Accept-Language", languages);
        await().until(() -> !gina.frames().isEmpty());
        gina.posts("What time is it?");
        gina.sees("What time is it?");
        assertThat(message(String.join("", gina.frames())).select(".time time").text())
                .matches(twelve ? ".*M" : "[^M]*");
        gina.close();
    }

    private static Element message(String html) {
        Document document = Jsoup.parse(html);
        // Only a page knows which messages are new to its reader.
        document.select(".first-new").remove();
        // Only a live message is announced.
        document.select("[aria-live]").removeAttr("aria-live");
        // Only a page is shown without scripts.
        document.select("noscript").remove();
        return document.select("li.message:contains(What time is it?)").last();
    }

    private static String clock(ZonedDateTime time) {
        return DateTimeFormatter.ofPattern("HH:mm").format(time);
    }

    private void refusesProfile(int status, String name, String about, String zone) {
        HttpResponse<String> response = updatesProfile(alice, name, about, zone);
        assertThat(response.statusCode()).isEqualTo(status);
        Document page = Jsoup.parse(response.body());
        assertThat(page.select("[name=name]").val()).isEqualTo(name);
        assertThat(page.select("[name=about]").first().wholeText().strip()).isEqualTo(about.replace("\0", "\ufffd"));
        assertThat(page.select(".refusal[role=alert]").text()).isNotBlank();
    }

    private static HttpResponse<String> updatesProfile(ChatClient user, String name, String about, String zone) {
        return user.post("settings", Map.of("name", name, "about", about, "zone", zone));
    }
}
