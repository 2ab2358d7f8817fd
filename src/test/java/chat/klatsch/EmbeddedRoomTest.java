package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A room in a frame of another site. */
class EmbeddedRoomTest {
    private static final String FRAMED = "'self' https://shop.example https://*.example.org:8443";

    @RegisterExtension
    static final ChatExtension chat =
            ChatExtension.with(config -> config.users("https://shop.example/login?next={next}")
                    .basePath("/chat")
                    .frameAncestors("'self'", "https://shop.example", "https://*.example.org:8443"));

    @RegisterExtension
    static final ChatExtension secure = ChatExtension.with(
            config -> config.users("https://shop.example/login").publicUrl(URI.create("https://chat.example.org")));

    private static ChatClient anna;
    private static ChatClient ben;

    @BeforeAll
    static void start() {
        anna = enters("17", "anna");
        ben = enters("18", "ben");
        anna.posts("Hello @ben, see https://shop.example/orders/17");
        assertThat(anna.post("rooms", Map.of("name", "Open talk", "kind", "open"))
                        .statusCode())
                .isEqualTo(303);
    }

    private static ChatClient enters(String id, String username) {
        ChatClient user = chat.visitor(username);
        HttpResponse<String> entry =
                user.get(below(chat.server().people().signInUrl(user(id, username), RoomId.LOBBY)));
        assertThat(entry.statusCode()).isEqualTo(303);
        assertThat(entry.headers().firstValue("Location")).contains("/chat/embed/rooms/lobby");
        return user;
    }

    private static HostUser user(String id, String username) {
        return new HostUser(id, username, username);
    }

    private static String below(String url) {
        assertThat(url).startsWith(chat.url());
        return url.substring(chat.url().length());
    }

    private static String openRoom() {
        return anna.page("rooms/lobby").select(".room-item a[href*=/rooms/]").eachAttr("href").stream()
                .filter(address -> !address.endsWith("/lobby"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("/chat/", "");
    }

    @Test
    void the_address_of_a_room_in_a_frame_is_below_the_chat() {
        assertThat(chat.server().rooms().embedUrl(RoomId.LOBBY)).isEqualTo(chat.url() + "embed/rooms/lobby");
        assertThat(secure.server().rooms().embedUrl(RoomId.LOBBY))
                .isEqualTo("https://chat.example.org/embed/rooms/lobby");
        assertThat(secure.server().people().signInUrl(user("1", "anna"), RoomId.LOBBY))
                .matches("https://chat\\.example\\.org/embed/signin\\?token=[\\w-]{43}&next=/rooms/lobby");
    }

    @Test
    void a_frame_shows_one_room_and_no_other() {
        Document page = anna.page("embed/rooms/lobby");
        assertThat(page.select("#composer, #messages, #people")).hasSize(3);
        assertThat(page.select("nav, #switcher, .sidebar-button, .user-menu")).isEmpty();
        assertThat(page.text()).contains("Hello @ben").doesNotContain("Open talk");
        assertThat(page.select("#live").attr("hx-ws:connect")).startsWith("/chat/embed/rooms/lobby/live?");
        assertThat(anna.page("rooms/lobby").select("nav.sidebar")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200, embed/rooms/lobby",
        "200, embed/rooms/lobby?at=1",
        "303, embed/rooms/lobby/messages/1",
        "200, embed/rooms/lobby/messages/1/edit",
        "200, embed/rooms/lobby/messages/1/reply",
        "404, embed/rooms/nowhere",
        "404, embed/rooms/lobby/messages/9999",
        "400, embed/rooms/lobby?at=x",
        "303, embed/signin",
        "303, embed/signin?token=used&next=/rooms/lobby"
    })
    void only_pages_made_for_a_frame_can_be_in_one(int status, String path) {
        HttpResponse<String> page = anna.get(path);
        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(ancestors(page)).isEqualTo(FRAMED);
        assertThat(page.headers().firstValue("X-Frame-Options")).isEmpty();
        assertThat(page.body()).doesNotContain("#rooms\"");
        if (status < 400) {
            assertThat(ancestors(anna.get(path.replaceFirst("embed/", "")))).isEqualTo("'none'");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, rooms/lobby",
        "200, settings",
        "200, rooms/lobby/about",
        "404, embed",
        "404, embed/",
        "404, embed/settings",
        "404, embed/admin",
        "404, embed/rooms",
        "404, embed/rooms/lobby/about",
        "404, embed/rooms/lobby/leave",
        "404, embed/rooms/lobby/delete",
        "404, embed/rooms/lobby/members/remove",
        "404, embed/embed/rooms/lobby",
        "404, embed/rooms/%6cobby",
        "400, embed/rooms/lobby%2Fabout",
        "400, embed//rooms/lobby",
        "404, Embed/rooms/lobby",
        "404, embedrooms/lobby",
        "404, embed/rooms/lobby;x=y/about",
    })
    void no_other_page_can_be_in_a_frame(int status, String path) {
        HttpResponse<String> page = anna.get(path);
        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(ancestors(page)).isEqualTo("'none'");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    }

    @Test
    void nobody_may_frame_a_room_unless_the_setting_says_so() {
        try (ChatServer own = ChatServer.start(config -> config.port(0).databaseUrl("jdbc:h2:mem:framed"))) {
            HttpResponse<String> page =
                    new ChatClient(own.url(), "alice").signUp().get("embed/rooms/lobby");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(ancestors(page)).isEqualTo("'none'");
            Document signedOut = new ChatClient(own.url(), "bob").page("embed/rooms/lobby");
            assertThat(signedOut.select("a[target=_blank]").eachAttr("href")).contains("/login?next=%2Frooms%2Flobby");
            assertThat(signedOut.select("form, [type=password]")).isEmpty();
        }
    }

    /** Links to other pages open a new window, and everything else stays in the frame. */
    @Test
    void nothing_replaces_the_frame_by_another_page() {
        String open = openRoom();
        String longText = "x".repeat(9_000);
        HttpResponse<String> refused = ben.post("embed/rooms/lobby/messages", Map.of("body", longText, "key", "k"));
        assertThat(refused.statusCode()).isEqualTo(422);
        ben.connect("embed/rooms/lobby/live");
        anna.posts("Seen in the frame by @ben: https://shop.example/");
        ben.sees("Seen in the frame by @ben: https://shop.example/");
        HttpResponse<String> gone = chat.visitor().get("embed/rooms/lobby");
        assertThat(gone.statusCode()).isEqualTo(401);
        for (String html : List.of(
                anna.get("embed/rooms/lobby").body(),
                anna.get("embed/rooms/lobby?at=1").body(),
                anna.get("embed/rooms/lobby/messages/1/edit").body(),
                anna.get("embed/rooms/lobby/messages/1/reply").body(),
                anna.get("embed/rooms/lobby/messages/1", "HX-Request", "true").body(),
                anna.get("embed/rooms/lobby/connection", "HX-Request", "true").body(),
                anna.get("embed/rooms/nowhere").body(),
                ben.get("embed/" + open).body(),
                String.join("", ben.frames()),
                refused.body(),
                gone.body(),
                chat.visitor().get("embed/signin?next=/rooms/lobby").body())) {
            assertStays(Jsoup.parse(html));
        }
        assertThat(ben.postStatus("embed/" + open + "/join", Map.of())).isEqualTo(303);
        assertThat(location(ben.post("embed/rooms/lobby/messages", Map.of("body", "plain", "key", "p"))))
                .isEqualTo("/chat/embed/rooms/lobby");
        assertThat(location(ben.get("embed/rooms/lobby/messages/1"))).startsWith("/chat/embed/rooms/lobby?at=1");
    }

    private static void assertStays(Document page) {
        for (Element link : page.select("a[href]:not([href^=#], [target=_blank], [hidden] a)")) {
            assertThat(link.attr("href")).as(link.outerHtml()).startsWith("/chat/embed/");
        }
        for (String attribute : List.of("action", "formaction", "hx-get", "hx-post", "hx-ws:connect")) {
            for (Element element : page.select("[" + attribute.replace(":", "\\:") + "]:not([hidden] a)")) {
                assertThat(element.attr(attribute)).as(element.outerHtml()).matches("|/chat/embed/.*");
            }
        }
        assertThat(page.select("iframe, base, meta[http-equiv]")).isEmpty();
    }

    @Test
    void a_badge_of_the_host_counts_what_the_list_of_rooms_does() {
        ChatClient carl = enters("19", "carl");
        assertThat(carl.get("unread").body()).isBlank();
        anna.posts("One");
        assertThat(carl.get("unread").body().strip())
                .isEqualTo("<span class=\"klatsch-unread\" aria-label=\"1 unread message\" role=\"img\">1</span>");
        anna.posts("Two");
        assertThat(chat.server().people().unread("19")).isEqualTo(2);
        assertThat(carl.page("rooms").select(".room-item .count").text()).startsWith("2");
        HttpResponse<String> badge = carl.get("unread", "Origin", "https://evil.example");
        assertThat(badge.body()).contains("aria-label=\"2 unread messages\"");
        assertThat(badge.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(badge.headers().firstValue("Cache-Control")).contains("no-store");
        carl.post("rooms/lobby/notifications", Map.of("level", "nothing"));
        assertThat(chat.server().people().unread("19")).isZero();
        assertThat(chat.server().people().unread("unknown")).isZero();
        assertThat(chat.visitor().get("unread").body()).isBlank();
        assertThat(chat.visitor().getStatus("unread")).isEqualTo(200);
    }

    @Test
    void somebody_without_a_session_signs_in_outside_the_frame() {
        for (String path : List.of(
                "embed/rooms/lobby", "embed/signin?next=/rooms/lobby", "embed/signin?token=used&next=/rooms/lobby")) {
            HttpResponse<String> page = chat.visitor().get(path);
            assertThat(page.statusCode()).isEqualTo(401);
            Element link = Jsoup.parse(page.body()).selectFirst("a[href^=https://shop.example/login]");
            assertThat(link.attr("target")).isEqualTo("_blank");
            assertThat(link.attr("href")).endsWith("next=%2Fchat%2Frooms%2Flobby");
            assertThat(Jsoup.parse(page.body()).select("a.primary").attr("href"))
                    .isEqualTo("/chat/embed/rooms/lobby");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embed/rooms/lobby", "embed/signin?next=/rooms/lobby", "embed/signin?token=used"})
    void a_frame_that_sees_no_session_of_other_tabs_asks_to_reload_the_page_around_it(String path) {
        String cure = "eload the page around this chat";
        Document foreign = Jsoup.parse(chat.visitor()
                .get(path, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Dest", "iframe")
                .body());
        assertThat(foreign.text()).contains(cure).doesNotContain("Continue", "another tab");
        Document later = Jsoup.parse(chat.visitor()
                .get(path, "Sec-Fetch-Site", "same-origin", "Sec-Fetch-Dest", "iframe")
                .body());
        assertThat(later.text()).contains("Continue", "another tab", cure);
    }

    @ParameterizedTest
    @CsvSource({
        "embed/signin, cross-site, iframe, true",
        "embed/signin, cross-site, document, false",
        "embed/signin, same-site, iframe, false",
        "embed/signin, same-origin, iframe, false",
        "signin, cross-site, iframe, false",
        "signin, cross-site, document, false",
    })
    void only_a_frame_on_another_site_gets_a_cookie_that_such_frames_send(
            String path, String site, String destination, boolean partitioned) {
        String token = secure.server().people().signInUrl(user("1", "anna")).replaceFirst(".*token=", "");
        HttpResponse<String> entry =
                secure.visitor().get(path + "?token=" + token, "Sec-Fetch-Site", site, "Sec-Fetch-Dest", destination);
        String cookie = entry.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).startsWith("__Host-klatsch=").contains("; Secure", "; HttpOnly", "; Path=/");
        assertThat(cookie.contains("; SameSite=None; Partitioned")).isEqualTo(partitioned);
        assertThat(cookie.contains("SameSite=Lax")).isEqualTo(!partitioned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https:",
                "https://",
                "https://*",
                "https://*.org",
                "https://*.10.0.0.1",
                "*.example.org",
                "shop.example",
                "https://shop.example/orders",
                "https://shop.example;script-src *",
                "https://shop.example; script-src *",
                "https://shop.example 'unsafe-inline'",
                "https://shop.example,https://evil.example",
                "https://user@shop.example",
                "https://shop.example:99999",
                "https://shop.example:*",
                "https://a.*.example",
                "https://[::1]",
                "ftp://shop.example",
                "data:",
                "'none'",
                "'unsafe-inline'",
                "",
                " ",
                "https://shop.example\r\nX: y",
            })
    void a_site_is_named_exactly(String source) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChatConfig().frameAncestors("'self'", source))
                .withMessageContaining("https://shop.example:8443");
    }

    @ParameterizedTest
    @CsvSource({
        "self, '''self'''",
        "'SELF', '''self'''",
        "none, '''none'''",
        "https://Shop.example/, https://shop.example",
        "https://bücher.example, https://xn--bcher-kva.example",
        "' http://localhost:3000 ', http://localhost:3000",
        "https://127.0.0.1:3000, https://127.0.0.1:3000",
        "https://*.Example.org, https://*.example.org",
    })
    void a_site_may_be_written_as_people_do(String source, String policy) {
        ChatConfig config = new ChatConfig();
        Settings.fromArguments(List.of("--frame-ancestors=" + source), config);
        assertThat(config.frameAncestors.policy()).isEqualTo(policy);
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static String ancestors(HttpResponse<String> response) {
        List<String> policies = response.headers().allValues("Content-Security-Policy");
        assertThat(policies).hasSize(1);
        return policies.get(0).replaceFirst(".*frame-ancestors ([^;]*);.*", "$1");
    }
}
