package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Abuse of sessions and of a stolen database. */
class AccountsTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void a36_the_database_holds_hashes_of_passwords_and_session_tokens_only() throws Exception {
        chat.configure(config -> config.passwordMemory(19));
        String token = chat.user("alice").cookie("klatsch").orElseThrow();
        chat.stop();
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));

        String dump = String.join("\n", dump());
        assertThat(dump)
                .contains(HexFormat.of().formatHex(sha256))
                .containsPattern("'\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$")
                .doesNotContain(token, ChatClient.PASSWORD);
    }

    @Test
    void a37_a_sign_in_makes_a_new_session_id_and_ends_the_one_of_another_user() {
        chat.configure(config -> config.passwordMemory(1));
        ChatClient alice = chat.user("alice");
        String fixed = "A".repeat(43);
        HttpResponse<String> response = chat.visitor()
                .post("login", Map.of("login", "alice", "password", ChatClient.PASSWORD), "Cookie", "klatsch=" + fixed);
        assertThat(response.headers().firstValue("Set-Cookie")).get().asString().doesNotContain(fixed);
        assertThat(status("Cookie: klatsch=" + fixed)).isEqualTo(303);

        String old = alice.cookieLine();
        alice.signIn();
        assertThat(alice.cookieLine()).isNotEqualTo(old);
        assertThat(status(alice.cookieLine())).isEqualTo(200);
        chat.user("bob");
        String replaced = alice.cookieLine();
        assertThat(alice.postStatus("login", Map.of("login", "bob", "password", ChatClient.PASSWORD)))
                .isEqualTo(303);
        assertThat(status(replaced)).isEqualTo(303);
    }

    private int status(String cookie) {
        return RawHttp.request(chat.port(), "GET /rooms/lobby HTTP/1.1", cookie).status();
    }

    @Test
    void a38_scripts_and_other_sites_cannot_read_the_cookie() {
        String cookie = newCookie();
        assertThat(cookie)
                .startsWith("klatsch=")
                .contains("; Path=/;", "HttpOnly", "SameSite=Lax", "Max-Age=2592000")
                .doesNotContain("Secure", "Domain");
        assertThat(cookie.replaceAll("klatsch=([^;]*);.*", "$1")).hasSize(43);
    }

    @Test
    void a38_under_https_the_cookie_is_bound_to_https_and_to_the_host() {
        chat.configure(config -> config.publicUrl(URI.create("https://chat.example.org")));
        assertThat(newCookie())
                .startsWith("__Host-klatsch=")
                .contains("; Path=/;", "HttpOnly", "SameSite=Lax", "Secure")
                .doesNotContain("Domain");
    }

    private String newCookie() {
        HttpResponse<String> response =
                chat.visitor().post("signup", Map.of("username", "alice", "password", ChatClient.PASSWORD));
        assertThat(response.headers().allValues("Set-Cookie"))
                .hasSize(2)
                .last()
                .satisfies(device -> assertThat(device)
                        .matches("(__Host-)?klatsch-device=.*")
                        .contains("; Path=/;", "HttpOnly", "SameSite=Lax", "Max-Age=31536000"));
        return response.headers().firstValue("Set-Cookie").orElseThrow();
    }

    private List<String> dump() throws Exception {
        List<String> lines = new ArrayList<>();
        try (var connection = database();
                var statement = connection.createStatement();
                var script = statement.executeQuery("script")) {
            while (script.next()) {
                lines.add(script.getString(1));
            }
        }
        return lines;
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:ordered:" + chat.directory().resolve("klatsch"));
    }
}
