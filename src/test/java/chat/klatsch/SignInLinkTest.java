package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.ChatException;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A chat whose users come by links that an application gives them. */
class SignInLinkTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(
            config -> config.users("https://shop.example/login?next={next}").basePath("/chat"));

    @Test
    void a_link_signs_in_once() {
        String link = link("17", "anna");
        HttpResponse<String> head = chat.visitor()
                .send(link, new String[0], request -> request.method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.headers().firstValue("Set-Cookie")).isEmpty();
        ChatClient anna = chat.visitor();
        HttpResponse<String> entry = anna.get(link);
        assertThat(entry.statusCode()).isEqualTo(303);
        assertThat(entry.headers().firstValue("Location")).contains("/chat/");
        assertThat(anna.get("rooms/lobby").body()).contains("@anna");

        HttpResponse<String> second = chat.visitor().get(link);
        assertThat(second.statusCode()).isEqualTo(401);
        assertThat(second.body()).contains("has been used or has expired", "https://shop.example/login");
        assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(anna.get("rooms/lobby").statusCode()).isEqualTo(200);
    }

    @Test
    void a_link_leads_to_a_page_of_the_chat_only() {
        assertThat(location(link("17", "anna") + "&next=/rooms/lobby%3Fat%3D1")).isEqualTo("/chat/rooms/lobby?at=1");
        assertThat(location(link("17", "anna") + "&next=//evil.example")).isEqualTo("/chat/");
        assertThat(location(linkTo("//evil.example"))).isEqualTo("/chat/");
        assertThat(location(linkTo("/chat//evil.example"))).isEqualTo("/chat/");
        assertThat(location(linkTo("/chat"))).isEqualTo("/chat/");
        assertThat(location(linkTo("/chatter"))).isEqualTo("/chat/chatter");
        assertThat(location(linkTo("/settings"))).isEqualTo("/chat/settings");
    }

    @Test
    void a_link_leads_back_to_where_somebody_had_no_session() {
        for (String page : new String[] {"/rooms/lobby?at=1", "/search?q=a%26b+%C3%BC", "/settings"}) {
            String login = location(page.substring(1));
            assertThat(login).startsWith("https://shop.example/login?next=");
            String next = URLDecoder.decode(login.replaceFirst(".*next=", ""), StandardCharsets.UTF_8);
            assertThat(location(linkTo(next))).isEqualTo("/chat" + page);
            String appended = URLEncoder.encode(next, StandardCharsets.UTF_8);
            assertThat(location(link("17", "anna") + "&next=" + appended)).isEqualTo("/chat" + page);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "'', document", "embed/, document", "embed/, ''"})
    void somebody_else_who_follows_a_link_in_the_same_browser_takes_over_only_when_asked(String frame, String kind) {
        ChatClient shared = chat.visitor();
        shared.get(link("17", "anna"));
        shared.connect();
        HttpResponse<String> question =
                shared.get(frame + link("18", "ben") + "&next=/rooms/lobby", "Sec-Fetch-Dest", kind);
        assertThat(question.statusCode()).isEqualTo(200);
        assertThat(question.headers().firstValue("Set-Cookie")).isEmpty();
        Document page = Jsoup.parse(question.body());
        assertThat(page.select("p").text()).contains("@anna", "@ben");
        assertThat(page.select("a.secondary").attr("href")).isEqualTo("/chat/" + frame + "rooms/lobby");
        assertThat(shared.isConnected()).isTrue();
        Element form = page.selectFirst("form");
        Map<String, String> fields =
                Map.of("token", form.selectFirst("[name=token]").attr("value"));
        String action = form.attr("action").substring("/chat/".length());
        assertThat(shared.postStatus(action, fields, "Sec-Fetch-Site", "cross-site"))
                .isEqualTo(403);
        assertThat(shared.post(action, fields).headers().firstValue("Location"))
                .contains("/chat/" + frame + "rooms/lobby");
        assertThat(shared.closeCode()).isEqualTo(1008);
        assertThat(shared.get("rooms/lobby").body()).contains("@ben");
        assertThat(chat.visitor().postStatus(action, fields)).isEqualTo(401);
    }

    @Test
    void a_link_for_the_same_user_and_one_in_a_frame_ask_nothing() {
        ChatClient shared = chat.visitor();
        shared.get(link("17", "anna"));
        assertThat(shared.getStatus(link("17", "anna"))).isEqualTo(303);
        assertThat(shared.getStatus("embed/" + link("18", "ben"), "Sec-Fetch-Dest", "iframe"))
                .isEqualTo(303);
        assertThat(shared.get("rooms/lobby").body()).contains("@ben");
    }

    @Test
    void the_application_ends_the_sessions_of_a_user() {
        ChatClient anna = chat.visitor();
        anna.get(link("17", "anna"));
        anna.connect();
        String unused = link("17", "anna");
        chat.server().people().signOut("17");
        await().atMost(Duration.ofSeconds(1)).until(() -> anna.closeCode() == 1008);
        assertThat(anna.get("rooms/lobby").headers().firstValue("Location"))
                .contains("https://shop.example/login?next=%2Fchat%2Frooms%2Flobby");
        assertThat(chat.visitor().getStatus(unused)).isEqualTo(401);
    }

    @Test
    void a_banned_user_gets_no_link() {
        ChatClient root = chat.visitor();
        root.get(
                path(chat.server().people().signInUrl(new HostUser("1", "root", "Root").with(HostUser.Role.OPERATOR))));
        String before = link("66", "mallory");
        assertThat(root.postStatus("admin/users/ban", Map.of("username", "mallory", "note", "")))
                .isEqualTo(303);
        assertThatThrownBy(() -> link("66", "mallory")).isInstanceOf(ChatException.class);
        assertThat(chat.visitor().getStatus(before)).isEqualTo(401);
    }

    @Test
    void a_wrong_token_signs_nobody_in() {
        for (String token : new String[] {"", "x", "A".repeat(43), "%00"}) {
            assertThat(chat.visitor().getStatus("signin?token=" + token)).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signin?token=SECRET", "/signin%3Ftoken=SECRET", "/chat/signin?token=SECRET"})
    void a_token_is_never_part_of_the_address_to_return_to(String next) {
        assertThat(location("signin?next=" + next)).doesNotContain("SECRET");
        assertThat(chat.visitor().get("signin?token=x&next=" + next).body()).doesNotContain("SECRET");
    }

    @Test
    void a_chat_with_accounts_of_its_own_refuses() {
        try (ChatServer own = ChatServer.start(config -> config.port(0).databaseUrl("jdbc:h2:mem:own"))) {
            HostUser anna = new HostUser("17", "anna", "Anna");
            assertThatThrownBy(() -> own.people().provision(anna)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> own.people().signInUrl(anna)).isInstanceOf(IllegalStateException.class);
            assertThat(new ChatClient(own.url(), "x").getStatus("signin")).isEqualTo(404);
        }
    }

    private static String location(String link) {
        return chat.visitor().get(link).headers().firstValue("Location").orElseThrow();
    }

    private static String link(String id, String username) {
        return path(chat.server().people().signInUrl(new HostUser(id, username, username)));
    }

    private static String linkTo(String next) {
        return path(chat.server().people().signInUrl(new HostUser("17", "anna", "Anna"), next));
    }

    private static String path(String url) {
        assertThat(url).startsWith(chat.url());
        return url.substring(chat.url().length());
    }
}
