package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import chat.klatsch.web.socket.HeartbeatSettings;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chat behind a proxy that authenticates and names the user in a header. */
class IdentityHeaderTest {
    private static final String HEADER = "X-Forwarded-User";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(
            config -> config.identityHeader(HEADER).trustedProxies("127.0.0.1").operators("root@example.org"));

    @RegisterExtension
    static final ChatExtension checking = ChatExtension.with(config -> config.identityHeader(HEADER)
            .trustedProxies("127.0.0.0/8")
            .heartbeatSettings(new HeartbeatSettings(Duration.ofSeconds(3), Duration.ofMillis(50))));

    @RegisterExtension
    static final ChatExtension exposed = ChatExtension.with(
            config -> config.identityHeader(HEADER).trustedProxies("192.0.2.1").operators("root"));

    @Test
    void the_user_is_whom_the_proxy_names() {
        assertThat(get("anna").body()).contains("@anna");
        assertThat(get("ben@example.org").body()).contains("@ben").doesNotContain("ben@example.org");
        assertThat(get("anna").headers().firstValue("Set-Cookie")).isEmpty();
        ChatClient anna = chat.visitor();
        assertThat(anna.connects("rooms/lobby/live", HEADER, "anna")).isEqualTo(101);
    }

    @Test
    void nobody_is_named_by_no_header_or_two() {
        HttpResponse<String> page = chat.visitor().get("rooms/lobby");
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/signin?next=%2Frooms%2Flobby");
        assertThat(chat.visitor().get("signin?next=%2Frooms%2Flobby").statusCode())
                .isEqualTo(401);
        assertThat(chat.visitor()
                        .get("signin?next=%2Frooms%2Flobby", HEADER, "anna")
                        .statusCode())
                .isEqualTo(303);
        assertThat(chat.visitor().getStatus("rooms/lobby", HEADER, "")).isEqualTo(303);
        assertThat(chat.visitor().getStatus("rooms/lobby", HEADER, "anna", HEADER, "root@example.org"))
                .isEqualTo(303);
        assertThat(chat.visitor().connects("rooms/lobby/live")).isEqualTo(401);
    }

    @Test
    void a_header_of_anybody_but_a_trusted_proxy_is_ignored() {
        assertThat(exposed.visitor().getStatus("rooms/lobby", HEADER, "anna")).isEqualTo(303);
        assertThat(exposed.visitor()
                        .getStatus("rooms/lobby", "x-forwarded-user", "anna", "X-Forwarded-For", "192.0.2.1"))
                .isEqualTo(303);
        assertThat(exposed.visitor().connects("rooms/lobby/live", HEADER, "anna"))
                .isEqualTo(401);
        assertThat(exposed.visitor().getStatus("admin", HEADER, "root")).isEqualTo(404);
    }

    @Test
    void a_socket_is_opened_again_at_times_so_that_the_proxy_decides_anew() {
        ChatClient anna = checking.visitor();
        assertThat(anna.connects("rooms/lobby/live", HEADER, "anna")).isEqualTo(101);
        assertThat(anna.closeCode()).isEqualTo(1012);
    }

    @Test
    void operators_are_those_whom_the_settings_name() {
        assertThat(get("root@example.org").body()).contains("/admin");
        assertThat(chat.visitor().getStatus("admin", HEADER, "anna")).isEqualTo(404);
        assertThat(chat.visitor().getStatus("admin", HEADER, "Root@example.org"))
                .isEqualTo(404);
    }

    @Test
    void users_may_choose_a_display_name_as_the_proxy_gives_none() {
        ChatClient anna = chat.visitor();
        assertThat(anna.postStatus("settings", Map.of("name", "Anna M.", "zone", "UTC"), HEADER, "carla"))
                .isEqualTo(303);
        assertThat(get("carla").body()).contains("Anna M.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zo\u00eb", "Zo\u00c3\u00ab"})
    void a_name_is_read_in_utf8_and_else_in_latin_letters(String bytes) {
        String request = "GET /rooms/lobby HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + HEADER + ": " + bytes
                + "\r\n\r\n";
        String answer = RawHttp.send(chat.port(), request).body();
        // The fixture shows bytes.
        assertThat(answer).contains("@Zoe", "Zo\u00c3\u00ab").doesNotContain("Zo\u00c3\u0083");
    }

    @Test
    void an_avatar_can_be_uploaded_without_a_cookie() {
        assertThat(chat.visitor()
                        .send(
                                "settings/avatar",
                                new String[] {HEADER, "anna", "Content-Type", "multipart/form-data; boundary=end"},
                                request -> request.POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "--end\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"a\"\r\n\r\n"
                                                + "x".repeat(300_000) + "\r\n--end--\r\n")))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void the_setting_needs_proxies_and_a_name() {
        assertThatThrownBy(() -> ChatServer.start(config -> config.identityHeader(HEADER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--trusted-proxies");
        assertThatThrownBy(() -> ChatServer.start(config -> config.identityHeader("a b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static HttpResponse<String> get(String user) {
        return chat.visitor().get("rooms/lobby", HEADER, user);
    }
}
