package chat.klatsch.web.find;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the quick switcher and the search for people without a browser. */
class FindTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private static ChatClient alice;

    @BeforeAll
    static void people() {
        alice = chat.user("alice");
        ChatClient bob = chat.user("bob_ross");
        bob.post("settings", Map.of("name", "Émile Zola", "about", "", "zone", "UTC"));
        chat.user("zoe").post("settings", Map.of("name", "Ωmega 田中", "about", "", "zone", "UTC"));
        ChatClient gone = chat.user("gone");
        gone.post("settings/delete", Map.of("password", ChatClient.PASSWORD));
        chat.user("banned");
        alice.post("admin/users/ban", Map.of("username", "banned", "note", ""));
        bob.makes("Secret cellar", "closed");
        bob.makes("Open garden", "open");
        alice.makes("Allotment", "closed");
        alice.chatsWith("zoe");
    }

    @ParameterizedTest
    @CsvSource({
        "bob, bob_ross",
        "@BOB, bob_ross",
        "' bob ', bob_ross",
        "zola, bob_ross",
        "émile, bob_ross",
        "ola, ''",
        "田中, zoe",
        "alice, ''",
        "gone, ''",
        "deleted, ''",
        "banned, ''",
        "%, ''",
        "''' OR 1=1 --', ''",
        "<b>, ''",
    })
    void people_are_found_by_the_beginning_of_their_names(String typed, String username) {
        String found = alice.page("people?to=" + encoded(typed))
                .select("main .found small")
                .text();
        assertThat(found).isEqualTo(username.isEmpty() ? "" : "@" + username);
    }

    @ParameterizedTest
    @CsvSource({
        "allot, /rooms/",
        "zoe, /rooms/",
        "bob, /@bob_ross",
        "garden, /rooms/",
    })
    void enter_opens_the_first_room_or_the_profile_of_the_first_person(String typed, String begin) {
        HttpResponse<String> opened = alice.get("find?open=first&to=" + typed);
        assertThat(opened.statusCode()).isEqualTo(303);
        assertThat(opened.headers().firstValue("Location").orElseThrow()).startsWith(begin);
        HttpResponse<String> person = alice.get("people?open=first&to=zoe");
        assertThat(person.headers().firstValue("Location").orElseThrow()).startsWith("/rooms/");
    }

    @ParameterizedTest
    @CsvSource({"cellar", "secret", "nobody"})
    void a_closed_room_of_others_is_found_by_nobody(String typed) {
        HttpResponse<String> nothing = alice.get("find?open=first&to=" + typed);
        assertThat(nothing.statusCode()).isEqualTo(200);
        assertThat(nothing.body()).contains("No people or rooms found.").doesNotContain("Secret cellar");
    }

    @Test
    void htmx_gets_the_results_alone_and_too_many_of_them_are_refused() {
        ChatClient dora = chat.user("dora");
        String[] htmx = {"HX-Request", "true"};
        HttpResponse<String> answer = dora.get("find?to=bob", htmx);
        assertThat(answer.body()).contains("@bob_ross").doesNotContain("<html", "room-list");
        assertThat(answer.body()).contains("1 result");
        assertThat(dora.get("find?to=" + "x".repeat(5_000)).body()).contains("No people or rooms found.");
        for (int searches = 0; searches < 120 && answer.statusCode() == 200; searches++) {
            answer = dora.get("people?to=bob", htmx);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("searching too fast").doesNotContain("@bob_ross", "<html");
        assertThat(dora.getStatus("rooms?q=garden")).as("the other door").isEqualTo(429);
        assertThat(dora.getStatus("rooms?q=")).isEqualTo(200);
        assertThat(alice.getStatus("people")).isEqualTo(200);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
