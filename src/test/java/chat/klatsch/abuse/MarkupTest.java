package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Abuse of HTML and of htmx in every field that somebody else sees, or that comes back in a form. */
class MarkupTest {
    /** The attribute by which a test finds an element that a text has become. */
    private static final String TRACE = "[data-trace]";

    private static final List<String> SCRIPTS = List.of(
            "<script data-trace>alert(1)</script>",
            "<img data-trace src=x onerror=alert(1)>",
            "<svg data-trace onload=alert(1)>",
            "\"><b data-trace onclick='x'>",
            "'><b data-trace>",
            "</textarea><b data-trace>",
            "</title><b data-trace>",
            "</template></option></select><b data-trace>",
            "--><b data-trace>",
            "&lt;b data-trace&gt;");

    private static final List<String> HTMX = Stream.of(
                    "hx-get=/",
                    "data-hx-get=/",
                    "hx-on:load=x()",
                    "hx-vals='js:{a:x()}'",
                    "hx-ext=ws ws-connect=/",
                    "sse-connect=/",
                    "hx-ws:connect=/",
                    "hx-ws:send",
                    "hx-config='{}'",
                    "hx-trigger=load hx-post=/logout")
            .map(attribute -> "<b data-trace " + attribute + ">")
            .toList();

    private static final List<String> SWAPS = List.of(
            "<ol data-trace id=messages hx-swap-oob=true></ol>",
            "<hx-partial data-trace hx-target=\"#messages\">x</hx-partial>",
            "<hx-upsert data-trace hx-target=\"#messages\"><li data-trace id=m-1></li></hx-upsert>",
            "<template data-trace><p id=presence hx-swap-oob=true data-trace></p></template>",
            "{\"content\":\"<b data-trace>\",\"target\":\"#messages\"}");

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config ->
            config.passwordMemory(1).limit(Limit.POSTS_PER_MINUTE, 0).limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 0));

    private final ChatClient alice = chat.user("alice");

    @Test
    void a23_scripts_and_closing_tags_are_text_everywhere() {
        isTextEverywhere(SCRIPTS);
    }

    @Test
    void a24_no_text_becomes_an_element_with_attributes_of_htmx() {
        isTextEverywhere(HTMX);
    }

    @Test
    void a25_a_text_that_looks_like_a_swap_leaves_the_messages_untouched() {
        isTextEverywhere(SWAPS);
        Document page = alice.page("rooms/lobby");
        assertThat(page.select("#messages")).hasSize(1);
        assertThat(page.select("#messages [data-seq]")).hasSizeGreaterThanOrEqualTo(SWAPS.size());
    }

    private void isTextEverywhere(List<String> texts) {
        ChatClient bob = chat.join("bob");
        List<ChatClient> rooms = texts.stream()
                .map(text -> alice.makes(shortened(text), "closed"))
                .toList();
        texts.forEach(alice::posts);
        bob.sees(texts.get(texts.size() - 1));
        for (String text : texts) {
            String tooLong = text + "x".repeat(2_000);
            alice.post("settings", Map.of("name", shortened(text), "about", text, "zone", text));
            isText(bob.get("@alice"));
            isText(alice.post("settings", Map.of("name", text.repeat(5), "about", text, "zone", text)));
            isText(alice.post("rooms", Map.of("name", text.repeat(9), "kind", text)));
            for (String htmx : List.of("true", "false")) {
                isText(alice.post("rooms/lobby/messages", Map.of("body", tooLong, "key", text), "HX-Request", htmx));
            }
            ChatClient visitor = chat.visitor();
            isText(visitor.get("login?next=" + encoded("/" + text)));
            isText(visitor.post("login", Map.of("login", text, "password", text, "next", text)));
            isText(visitor.post("signup", Map.of("username", text, "password", text, "email", text, "next", text)));
            isText(visitor.post("rooms/lobby/messages", Map.of("body", text, "viewer", text, "key", text)));
            isText(visitor.post("password/forgot", Map.of("email", text)));
            isText(alice.get("search?q=" + encoded(text)));
        }
        for (String path : List.of("rooms/lobby", "rooms/lobby/messages?before=999", "rooms", "search?q=data-trace")) {
            isText(alice.get(path));
        }
        for (ChatClient room : List.of(rooms.get(0), rooms.get(rooms.size() - 1))) {
            isText(alice.get(room.at("about")));
            isText(alice.get(room.at("delete")));
        }
        assertThat(bob.frames())
                .allSatisfy(
                        frame -> assertThat(Jsoup.parse(frame).select(TRACE)).isEmpty());
        assertThat(alice.page("rooms/lobby").select(".body *")).allMatch(MarkupTest::isPlain);
    }

    private static void isText(HttpResponse<String> response) {
        assertThat(response.statusCode()).isLessThan(500);
        assertThat(Jsoup.parse(response.body()).select(TRACE)).isEmpty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static boolean isPlain(Element element) {
        return element.attributes().asList().stream()
                .noneMatch(attribute -> attribute.getKey().matches("on.*|hx-.*|data-hx.*|ws-.*|sse-.*|style|src|id"));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }

    @Test
    void a26_addresses_of_other_schemes_are_no_links() {
        List<String> schemes = List.of(
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java\tscript:alert(1)",
                "javascript://example.org/%0aalert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "blob:x",
                "view-source:https://x",
                "intent://x",
                "//evil.example",
                "&#106;avascript:alert(1)",
                "\u0001javascript:alert(1)");
        ChatClient room = alice.makes("Links", "closed");
        for (String scheme : schemes) {
            room.posts(scheme);
            room.posts("[a](" + scheme + ") <" + scheme + ">");
            alice.post("settings", Map.of("name", "alice", "about", scheme, "zone", "UTC"));
            assertThat(alice.page("@alice").select("main a[href]"))
                    .noneMatch(link -> link.attr("href").contains(scheme.substring(0, 4)));
        }
        assertThat(alice.page("rooms/" + room.room()).select(".body a"))
                .allMatch(link -> link.attr("href").matches("(https?://|mailto:).*"))
                .noneMatch(link -> link.attr("href").matches("(?i).*script.*(alert|x).*"));
    }
}
