package chat.klatsch.web.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostingTest {
    private static final String POSTS = "rooms/lobby/messages";
    private static final String TOO_LONG = "<b>\"" + "x".repeat(2_000);

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient alice = chat.join("alice");
    private final ChatClient bob = chat.join("bob");

    @Test
    void a_script_gets_the_sequence_number_or_the_reason() {
        HttpResponse<String> posted = alice.post(POSTS, Map.of("body", "hi"), "Accept", "application/json");
        assertThat(posted.statusCode()).isEqualTo(201);
        assertThat(posted.body()).matches("\\{\"seq\":\\d+}");

        HttpResponse<String> refused = alice.post(POSTS, Map.of("body", " "), "Accept", "application/json");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(refused.body()).matches("\\{\"error\":\"[^\"]+\"}");
    }

    @Test
    void a_refused_text_returns_to_the_page_as_a_fragment() {
        HttpResponse<String> refused = alice.post(POSTS, Map.of("body", TOO_LONG, "key", "k-1"), "HX-Request", "true");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).doesNotContain("<html", "<b>\"");
        assertTextIsKept(Jsoup.parseBodyFragment(refused.body()));
    }

    @Test
    void a_refused_text_returns_as_a_page_to_a_plain_form() {
        HttpResponse<String> refused = alice.post(POSTS, Map.of("body", TOO_LONG, "key", "k-1"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("<html").doesNotContain("<b>\"");
        assertTextIsKept(Jsoup.parse(refused.body()));
    }

    @Test
    void the_text_is_kept_when_the_session_has_ended() {
        ChatClient nobody = chat.visitor("nobody");
        Map<String, String> form = Map.of("body", TOO_LONG, "key", "k-1");
        assertThat(nobody.postStatus(POSTS, form)).isEqualTo(401);
        assertTextIsKept(Jsoup.parse(nobody.post(POSTS, form).body()));
        assertTextIsKept(Jsoup.parseBodyFragment(
                nobody.post(POSTS, form, "HX-Request", "true").body()));
        assertThat(nobody.post(POSTS, form, "Accept", "application/json").body())
                .startsWith("{\"error\"");
    }

    @Test
    void the_same_key_and_text_is_the_same_message_over_form_and_socket() {
        long seq = alice.posts("once", "key-1");
        alice.sends("{\"body\":\"once\",\"key\":\"key-1\"}");
        assertThat(alice.posts("once", "key-1")).isEqualTo(seq);
        assertThat(alice.posts("another text", "key-1")).isGreaterThan(seq);
        assertThat(bob.posts("once", "key-1")).isGreaterThan(seq);
        bob.sees("once");

        alice.posts("end of once");
        bob.sees("end of once");
        assertThat(bob.seen().stream()
                        .filter(seen ->
                                seen.body().equals("once") && seen.author().equals("alice")))
                .hasSize(1);
    }

    @Test
    void posts_without_a_key_are_separate_messages() {
        for (int i = 0; i < 2; i++) {
            assertThat(alice.postStatus(POSTS, Map.of("body", "keyless"))).isEqualTo(303);
            assertThat(alice.postStatus(POSTS, Map.of("body", "keyless", "key", "")))
                    .isEqualTo(303);
            alice.sends("{\"body\":\"keyless\"}");
            alice.sends("{\"body\":\"keyless\",\"key\":\"\"}");
            alice.sends("{\"body\":\"keyless\",\"key\":null}");
        }
        org.awaitility.Awaitility.await()
                .until(() -> bob.bodies().stream().filter("keyless"::equals).count() == 10);
    }

    private static void assertTextIsKept(Document answer) {
        assertThat(answer.select("[name=body]").first().wholeText()).isEqualTo(TOO_LONG);
        assertThat(answer.select("input[name=key]").first().val()).isEqualTo("k-1");
        assertThat(answer.select(".refusal").first().text()).isNotBlank();
    }
}
