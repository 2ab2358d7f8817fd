package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.QuietLog;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(QuietLog.class)
class BadInputTest {
    private static final String POSTS = "rooms/lobby/messages";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient alice = chat.user("alice");

    @AfterEach
    void the_server_still_answers() {
        assertThat(alice.getStatus("rooms/lobby")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rooms/nowhere", "nope", "rooms/nowhere/messages?before=1", "static/nope.css"})
    void an_unknown_path_is_a_404_page_with_a_link_back(String path) {
        HttpResponse<String> response = alice.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Jsoup.parse(response.body()).select("link[rel=stylesheet], h1, a[href='/']"))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE rooms/lobby GET",
                "DELETE rooms/lobby HEAD",
                "PUT rooms/lobby/messages POST",
                "POST rooms/lobby GET",
                "PATCH login POST"
            })
    void a_wrong_method_is_405_with_the_allowed_ones(String line) {
        String[] words = line.split(" ");
        HttpResponse<String> response =
                alice.send(words[1], new String[0], request -> request.method(words[0], BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow").orElseThrow()).contains(words[2]);
    }

    @Test
    void requests_from_another_site_are_refused_and_change_nothing() {
        for (String header : List.of("Origin", "Sec-Fetch-Site")) {
            assertThat(alice.postStatus(POSTS, Map.of("body", "forged"), header, "cross-site"))
                    .isEqualTo(403);
            assertThat(alice.postStatus("logout", Map.of(), header, "cross-site"))
                    .isEqualTo(403);
        }
        assertThat(stored()).doesNotContain("forged");
    }

    @Test
    void requests_from_this_site_and_from_scripts_are_accepted() {
        String own = chat.url().replaceAll("/$", "");
        assertThat(alice.postStatus(POSTS, Map.of("body", "script"))).isEqualTo(303);
        assertThat(alice.postStatus(POSTS, Map.of("body", "page"), "Origin", own, "Sec-Fetch-Site", "same-origin"))
                .isEqualTo(303);
        assertThat(stored()).contains("script", "page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", " \t \r\n\u3000\u2003 ", "\u200b\u00ad", "\0", " \u0007\u001b\u0085 "})
    void text_without_a_visible_character_is_refused(String body) {
        long before = stored().size();
        assertThat(alice.postStatus(POSTS, Map.of("body", body))).isEqualTo(422);
        assertThat(stored()).hasSize((int) before);
    }

    @Test
    void text_may_have_2000_code_points() {
        String emoji = "😀".repeat(2_000);
        assertThat(alice.postStatus(POSTS, Map.of("body", emoji))).isEqualTo(303);
        assertThat(stored()).contains(emoji);
        assertThat(alice.postStatus(POSTS, Map.of("body", emoji + "x"))).isEqualTo(422);
        assertThat(alice.postStatus(POSTS, Map.of("body", "a".repeat(2_001)))).isEqualTo(422);
        assertThat(alice.postStatus(POSTS, Map.of("key", "no body"))).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before=abc",
                "before=-1",
                "before=1000000000000000000000000000000",
                "after=",
                "after=1.5",
                "",
                "before=1&after=1",
                "after=%00",
            })
    void a_malformed_history_cursor_is_400(String query) {
        assertThat(alice.getStatus(POSTS + "?"
                        + java.net.URLEncoder.encode(query, java.nio.charset.StandardCharsets.UTF_8)
                                .replace("%3D", "=")
                                .replace("%26", "&")
                                .replace("%25", "%")))
                .isEqualTo(400);
    }

    private List<String> stored() {
        return ChatClient.messages(alice.get("rooms/lobby").body()).stream()
                .map(ChatClient.Seen::body)
                .toList();
    }
}
