package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import java.net.URI;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublicAddressTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void under_a_base_path_everything_works_and_nothing_links_outside_it() {
        chat.configure(config -> config.basePath("/team/chat"));
        ChatClient alice = chat.join("alice");
        assertThat(chat.url()).endsWith("/team/chat/");
        alice.sends("{\"body\":\"hello\"}");
        alice.sees("hello");
        assertThat(alice.get("").headers().firstValue("Location")).contains("/team/chat/rooms/lobby");

        Document page = alice.page("rooms/lobby");
        assertThat(page.html()).contains("/team/chat/rooms/lobby/live");
        for (var link : page.select("[href], [src], [action], [hx-get], [hx-post]")) {
            for (String name : new String[] {"href", "src", "action", "hx-get", "hx-post"}) {
                if (!link.attr(name).isEmpty() && !link.attr(name).startsWith("#")) {
                    assertThat(link.attr(name)).startsWith("/team/chat/");
                }
            }
        }
        for (var file : page.select("link[href], script[src], img[src]")) {
            String path = file.hasAttr("href") ? file.attr("href") : file.attr("src");
            assertThat(alice.getStatus(path.substring("/team/chat/".length()))).isEqualTo(200);
        }

        ChatClient stranger = chat.visitor("bob");
        String login =
                stranger.get("rooms/lobby").headers().firstValue("Location").orElseThrow();
        assertThat(login).isEqualTo("/team/chat/login?next=%2Frooms%2Flobby");
        var signUp = stranger.post("signup", Map.of("username", "bob", "password", ChatClient.PASSWORD));
        assertThat(signUp.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Path=/team/chat;");
        assertThat(stranger.getStatus("rooms/lobby")).isEqualTo(200);
        assertThat(RawHttp.request(chat.port(), "GET /rooms/lobby HTTP/1.1").status())
                .isEqualTo(404);
    }

    @Test
    void a_public_url_decides_which_origins_may_open_a_socket() {
        chat.configure(config -> config.publicUrl(URI.create("http://chat.example.org")));
        ChatClient alice = chat.user("alice");
        String own = "http://127.0.0.1:" + chat.port();
        assertThat(alice.postStatus("rooms/lobby/messages", Map.of("body", "hello"), "Origin", own))
                .isEqualTo(403);
        assertThat(alice.connects("rooms/lobby/live", "Origin", own)).isEqualTo(403);
        assertThat(alice.connects("rooms/lobby/live", "Origin", "http://chat.example.org"))
                .isEqualTo(101);
    }
}
