package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.Upload;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one form with everything about a user, with or without a picture. */
class ProfileFormTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.user("alice");

    @Test
    void one_form_saves_everything_and_says_so() throws IOException {
        HttpResponse<String> saved = send(alice, "", Images.file("still.png"), "Älice", "I like\r\ntea", "Asia/Tokyo");
        assertThat(saved.headers().firstValue("Location")).contains("/settings?done=saved");
        Document page = alice.page("settings?done=saved");
        assertThat(page.select("main [role=status]").text()).isEqualTo("Saved.");
        assertThat(page.select("main form:not([action$=export])")).hasSize(1);
        assertThat(page.select("[name=name]").val()).isEqualTo("Älice");
        assertThat(page.select("[name=about]").first().wholeText()).isEqualTo("I like\ntea");
        assertThat(page.select("option[selected]").val()).isEqualTo("Asia/Tokyo");
        assertThat(avatarType(alice)).startsWith("image/jpeg");

        send(alice, "", new byte[0], "Älice", "", "Asia/Tokyo");
        assertThat(avatarType(alice)).as("without another file").startsWith("image/jpeg");
        Map<String, String> removal = Map.of("name", "", "about", "", "zone", "UTC", "remove", "yes");
        Upload.send(alice, "settings/profile", Upload.TYPE, Upload.form(removal, "", new byte[0]));
        assertThat(avatarType(alice)).startsWith("image/svg");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5_000_001, 9_000_000})
    void a_refused_picture_loses_no_text(int bytes) {
        ChatClient bob = chat.user("bob" + bytes);
        HttpResponse<String> refused = send(bob, "", new byte[bytes], "Bobby", "about Bob", "Asia/Tokyo");
        assertThat(refused.statusCode()).isEqualTo(bytes > 5_000_000 ? 413 : 422);
        Document page = Jsoup.parse(refused.body());
        assertThat(page.select(".refusal")).hasSize(1);
        assertThat(page.select("[name=name]").val()).isEqualTo("Bobby");
        assertThat(bob.page("@bob" + bytes).text()).as("saved nevertheless").contains("Bobby", "about Bob");
    }

    @Test
    void a_refused_text_loses_no_picture() throws IOException {
        ChatClient carol = chat.user("carol");
        HttpResponse<String> refused =
                send(carol, "&welcome&next=/rooms", Images.file("still.png"), "alice", "", "UTC");
        assertThat(refused.statusCode()).isEqualTo(409);
        Document page = Jsoup.parse(refused.body());
        assertThat(page.select("h1").text()).startsWith("Welcome");
        assertThat(page.select("[name=name]").val()).isEqualTo("alice");
        assertThat(page.select("form").attr("action")).contains("next=%2Frooms");
        assertThat(avatarType(carol)).startsWith("image/jpeg");
        assertThat(send(carol, "&welcome&next=/rooms", new byte[0], "Carol", "", "UTC")
                        .headers()
                        .firstValue("Location"))
                .contains("/rooms");
        assertThat(send(carol, "&welcome&next=//evil.example", new byte[0], "Carol", "", "UTC")
                        .headers()
                        .firstValue("Location"))
                .contains("/");
    }

    @Test
    void the_welcome_page_guesses_the_time_zone_only_while_none_is_chosen() {
        ChatClient dora = chat.user("dora");
        assertThat(zone(dora, "fr-CA")).isEqualTo("America/Toronto");
        assertThat(zone(dora, "")).isEmpty();
        send(dora, "&welcome&next=/", new byte[0], "", "", "Asia/Tokyo");
        assertThat(zone(dora, "fr-CA")).isEqualTo("Asia/Tokyo");
    }

    private static String zone(ChatClient user, String languages) {
        String page = user.get("welcome", "Accept-Language", languages).body();
        return Jsoup.parse(page).select("option[selected]").val();
    }

    private static HttpResponse<String> send(
            ChatClient user, String query, byte[] file, String name, String about, String zone) {
        byte[] form = Upload.form(new TreeMap<>(Map.of("name", name, "about", about, "zone", zone)), "me.png", file);
        return Upload.send(user, "settings/profile?viewer=" + user.username() + query, Upload.TYPE, form);
    }

    private static String avatarType(ChatClient user) {
        return user.get("settings/avatar").headers().firstValue("Content-Type").orElseThrow();
    }
}
