package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.HostUser;
import chat.klatsch.account.SignUpMode;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Mailbox;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The language of pages, refusals, live frames and mail. */
class LanguageTest {
    private static final String[] GERMAN = {"Accept-Language", "de-DE,de;q=0.9,en;q=0.5"};

    @RegisterExtension
    static final Mailbox mailbox = new Mailbox();

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.smtpUrl(mailbox.url()));

    @RegisterExtension
    final ChatExtension other = ChatExtension.withDefaults();

    @ParameterizedTest
    @CsvSource(textBlock = """
            de,            signup,          de, Registrieren
            de-CH;q=0.9,   signup,          de, Registrieren
            'fr,en;q=0.1', signup,          en, Sign up
            'x;q=',        signup,          en, Sign up
            de,            login,           de, Passwort vergessen?
            de,            password/forgot, de, Link senden
            de,            nowhere,         de, Unter dieser Adresse gibt es keine Seite.
            """)
    void a_page_is_in_the_language_that_the_browser_prefers(
            String accepted, String path, String language, String text) {
        chat.user("operator");
        HttpResponse<String> response = chat.visitor("visitor").get(path, "Accept-Language", accepted);
        Document page = Jsoup.parse(response.body());
        assertThat(page.select("html").attr("lang")).isEqualTo(language);
        assertThat(page.text()).contains(text);
        assertThat(response.headers().firstValue("Content-Language")).contains(language);
        assertThat(response.headers().allValues("Vary")).contains("Accept-Language");
    }

    @Test
    void a_refusal_is_in_the_readers_language_over_every_door() {
        ChatClient alice = chat.user("alice");
        Map<String, String> blank = Map.of("body", " ");
        String path = "rooms/lobby/messages";
        assertThat(alice.post(path, blank, "Accept-Language", "de", "Accept", "application/json")
                        .body())
                .isEqualTo("{\"error\":\"Bitte gib eine Nachricht ein.\"}");
        assertThat(alice.post(path, blank, "Accept", "application/json").body())
                .isEqualTo("{\"error\":\"Please enter a message.\"}");
        assertThat(Jsoup.parse(alice.post(path, blank, GERMAN).body()).text())
                .contains("Nachricht nicht gesendet", "Bitte gib eine Nachricht ein.", "Erneut versuchen");
        assertThat(alice.post(path, Map.of("body", "x".repeat(2_500)), GERMAN).body())
                .contains("Zu lang: 2.500 von 2.000 Zeichen.");
        assertThat(alice.post("rooms", Map.of("name", "", "kind", "open"), GERMAN)
                        .body())
                .contains("Bitte gib einen Namen für den Raum ein.");
        assertThat(alice.get("search?q=x&since=yesterday", GERMAN).body())
                .contains("Gib einen Tag wie 2026-01-31 ein.");

        alice.connect("rooms/lobby/live", GERMAN);
        alice.sends("{\"body\":\" \"}");
        await().until(() -> alice.notices().contains("Bitte gib eine Nachricht ein."));
    }

    @Test
    void a_user_written_text_is_no_pattern() {
        ChatClient bert = chat.join("bert");
        ChatClient room = bert.makes("{0} 'a' {1,number} ''b''", "open");
        Document page = Jsoup.parse(bert.get(room.at("delete"), GERMAN).body());
        assertThat(page.select("h1").text()).isEqualTo("{0} 'a' {1,number} ''b'' löschen?");
        Document list = Jsoup.parse(
                bert.get("rooms?done=left&of=" + "%7B1%7D%20it%27s", GERMAN).body());
        assertThat(list.select(".success").text()).isEqualTo("Du hast {1} it's verlassen.");
    }

    @Test
    void a_deleted_account_is_called_so_in_the_readers_language() {
        ChatClient otto = chat.user("otto");
        ChatClient paul = chat.user("paul");
        otto.post("direct/paul", Map.of());
        paul.posts("Bis bald");
        paul.post("settings/delete", Map.of("password", ChatClient.PASSWORD));
        Document page = Jsoup.parse(otto.get("rooms/lobby", GERMAN).body());
        assertThat(page.select(".message:contains(Bis bald) .name").text()).isEqualTo("Gelöschtes Konto");
        assertThat(page.select(".chats .name").text()).isEqualTo("Gelöschtes Konto");
        assertThat(page.select(".message:contains(Bis bald) [aria-label]").eachAttr("aria-label"))
                .anyMatch(label -> label.contains("Gelöschtes Konto"))
                .noneMatch(label -> label.contains("Deleted"));
        assertThat(otto.page("rooms/lobby").select(".chats .name").text()).isEqualTo("Deleted user");
    }

    @Test
    void emoji_have_german_names_and_are_found_by_them_and_by_the_english_ones() {
        ChatClient rosa = chat.user("rosa");
        String message = "rooms/lobby/messages/" + rosa.posts("Ach so");
        for (String words : List.of("daumen hoch", "Thumbs up", "einverst", "👍")) {
            String path = message + "/emoji?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
            Element first = Jsoup.parse(rosa.get(path, GERMAN).body())
                    .select("#emoji [name=emoji]")
                    .first();
            assertThat(first.attr("aria-label")).as(words).isEqualTo("Daumen hoch");
            assertThat(first.val()).isEqualTo("like");
        }
        assertThat(rosa.page(message + "/emoji?q=daumen").select("#emoji [name=emoji]"))
                .isEmpty();
        Document all = Jsoup.parse(rosa.get(message + "/emoji?q=fuchs", GERMAN).body());
        assertThat(all.select("#emoji [name=emoji]").eachAttr("title")).contains("Fuchs");

        rosa.post(message + "/reactions", Map.of("emoji", "🦊"));
        Document page = Jsoup.parse(rosa.get("rooms/lobby", GERMAN).body());
        assertThat(page.select(".message:contains(Ach so) .reaction").attr("aria-label"))
                .startsWith("Fuchs: 1 zur Nachricht von @rosa, ");
        assertThat(rosa.page("rooms/lobby")
                        .select(".message:contains(Ach so) .reaction")
                        .attr("aria-label"))
                .startsWith("fox: 1 on the message of @rosa, ");
    }

    @Test
    void the_export_as_text_calls_a_deleted_account_so_too() {
        ChatClient olga = chat.user("olga");
        ChatClient pia = chat.user("pia");
        ChatClient room = olga.makes("Abschied", "open");
        ChatClient tab = room.admits(pia);
        tab.posts("Lebt wohl");
        pia.post("settings/delete", Map.of("password", ChatClient.PASSWORD));
        assertThat(olga.post(room.at("export"), Map.of("format", "text"), GERMAN)
                        .body())
                .contains("  Gelöschtes Konto\n    Lebt wohl");
    }

    @Test
    void two_readers_of_one_room_each_get_their_language_and_a_message_is_rendered_once_for_each() {
        ChatClient[] germans = {chat.user("dora"), chat.user("emil")};
        ChatClient[] others = {chat.user("eve"), chat.user("fay")};
        Stream.of(germans).forEach(reader -> reader.connect("rooms/lobby/live", GERMAN));
        Stream.of(others).forEach(reader -> reader.connect("rooms/lobby/live", "Accept-Language", "en-GB"));
        Stream.of(germans, others).flatMap(Stream::of).forEach(reader -> await().until(() -> reader.online() > 0));
        // Now and then, who is present changes at the same time.
        await().until(() -> {
            double before = renders();
            long seq = germans[0].posts("Guten Tag");
            Stream.of(germans, others)
                    .flatMap(Stream::of)
                    .forEach(reader ->
                            await().until(() -> reader.seen().stream().anyMatch(message -> message.seq() == seq)));
            return renders() - before == 2;
        });
        assertThat(message(frames(germans[1]), "Guten Tag")
                        .select(".message-actions")
                        .attr("aria-label"))
                .isEqualTo("Weitere Aktionen");
        assertThat(message(frames(others[1]), "Guten Tag")
                        .select(".message-actions")
                        .attr("aria-label"))
                .isEqualTo("More actions");

        String lobby = germans[0].get("rooms/lobby", GERMAN).body();
        assertThat(Jsoup.parse(lobby).select(".day").text()).isEqualTo("Heute");
        String history = germans[0].get("rooms/lobby/messages?after=0", GERMAN).body();
        String page = message(lobby, "Guten Tag").outerHtml();
        assertThat(message(history, "Guten Tag").outerHtml()).isEqualTo(page);
        assertThat(message(frames(germans[1]), "Guten Tag").outerHtml()).isEqualTo(page);
    }

    private static String frames(ChatClient reader) {
        return String.join("", reader.frames());
    }

    private static double renders() {
        return chat.visitor("metrics")
                .get("metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("klatsch_renders_total"))
                .mapToDouble(line -> Double.parseDouble(line.replaceFirst(".* ", "")))
                .sum();
    }

    private static Element message(String html, String text) {
        Document document = Jsoup.parse(html);
        document.select("[aria-live]").removeAttr("aria-live");
        document.select(".first-new, noscript, input").remove();
        return document.select("li.message:contains(" + text + ")").last();
    }

    @Test
    void the_language_of_the_settings_precedes_that_of_the_browser() {
        ChatClient hans = chat.user("hans");
        assertThat(hans.page("settings").select("[name=language] option").eachText())
                .containsExactly("My browser's language", "English", "Deutsch");
        Map<String, String> form = Map.of("name", "", "about", "", "zone", "UTC", "language", "de");
        hans.post("settings", form);
        assertThat(hans.page("settings").select("h1").text()).isEqualTo("Einstellungen");
        assertThat(hans.page("settings").select("[name=language] [selected]").val())
                .isEqualTo("de");
        assertThat(hans.post("rooms/lobby/messages", Map.of("body", " "), "Accept", "application/json")
                        .body())
                .contains("Bitte gib eine Nachricht ein.");
        assertThat(hans.get("rooms/nowhere", "Accept-Language", "en").body()).contains("Diesen Raum gibt es nicht");
        hans.connect();
        hans.posts("Moin");
        hans.sees("Moin");
        assertThat(frames(hans))
                .contains("Weitere Aktionen", "Verbindung")
                .doesNotContain("More actions", "Connection");
        // A program that knows nothing of it leaves it as it is, and a text that is no language is the browser's.
        hans.post("settings", Map.of("name", "", "about", "", "zone", "UTC"));
        assertThat(hans.page("settings").select("html").attr("lang")).isEqualTo("de");
        Map<String, String> unknown = new HashMap<>(form);
        unknown.put("language", "<b>");
        hans.post("settings", unknown);
        assertThat(hans.page("settings").select("html").attr("lang")).isEqualTo("en");
    }

    @Test
    void mail_is_in_the_language_that_its_reader_has_chosen_or_in_that_of_the_request() {
        ChatClient ida = chat.visitor("ida");
        ida.post("signup", account("ida", "ida@example.org"), GERMAN);
        String token = mailbox.token("ida@example.org", "Bitte bestätige deine E-Mail-Adresse", 1);
        assertThat(mailbox.emails("ida@example.org", "bestätige").get(0))
                .startsWith("Hallo ida,\n\ndiese E-Mail-Adresse");
        ida.post("email/verify", Map.of("token", token));

        chat.visitor("jan").post("signup", account("jan", "ida@example.org"));
        await().until(() ->
                mailbox.emails("ida@example.org", "Your email address was used").size() == 1);
        ida.post("settings", Map.of("name", "", "about", "", "zone", "UTC", "language", "de"));
        chat.visitor("kim").post("signup", account("kim", "ida@example.org"));
        await().until(() ->
                mailbox.emails("ida@example.org", "Deine E-Mail-Adresse wurde").size() == 1);
        chat.visitor("lea").post("password/forgot", Map.of("email", "ida@example.org"));
        await().until(() ->
                mailbox.emails("ida@example.org", "Neues Passwort festlegen").size() == 1);
    }

    private static Map<String, String> account(String username, String email) {
        return Map.of("username", username, "password", ChatClient.PASSWORD, "email", email);
    }

    @Test
    void a_setting_makes_one_language_that_of_everybody() {
        other.configure(config -> config.language(Locale.GERMAN).signup(SignUpMode.OPEN));
        ChatClient mia = other.join("mia");
        assertThat(mia.get("settings", "Accept-Language", "en").body()).contains("Einstellungen");
        assertThat(mia.page("settings").select("[name=language]")).isEmpty();
    }

    @Test
    void a_host_adds_a_language_and_its_users_have_theirs() {
        HostUser user = new HostUser("1", "nina", "Nina").in(Locale.CANADA_FRENCH);
        other.configure(config -> config.users(request -> Optional.of(user), "/login")
                .texts(Locale.FRENCH, new ListResourceBundle() {
                    @Override
                    protected Object[][] getContents() {
                        return new Object[][] {{"send", "Envoyer"}, {"day.today", "Aujourd''hui"}};
                    }
                }));
        ChatClient nina = other.visitor("nina");
        Document page = Jsoup.parse(nina.get("rooms/lobby", GERMAN).body());
        assertThat(page.select("html").attr("lang")).isEqualTo("fr");
        assertThat(page.select("#composer .send").text()).isEqualTo("Envoyer");
        assertThat(page.select("#composer .retry").text()).isEqualTo("Retry");
        assertThat(nina.page("settings").select("[name=language] option").eachText())
                .containsExactly("My browser's language", "English", "Deutsch", "Français");
    }
}
