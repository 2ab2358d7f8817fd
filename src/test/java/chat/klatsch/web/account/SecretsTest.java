package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
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
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void the_database_holds_hashes_of_passwords_and_session_tokens_only() throws Exception {
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

    @ParameterizedTest
    @ValueSource(strings = {"argon2id", "argon2\u0131d"})
    void a_password_set_in_any_locale_is_accepted_in_a_turkish_one(String variant) throws Exception {
        Locale locale = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertIsAccepted(variant);
        } finally {
            Locale.setDefault(locale);
        }
    }

    private void assertIsAccepted(String variant) throws SQLException {
        chat.user("alice");
        chat.stop();
        try (var connection = database();
                var update = connection.prepareStatement(
                        "update users set password_hash = regexp_replace(password_hash, 'argon2.d', ?)")) {
            update.setString(1, variant);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
        chat.startAgain();
        for (String password : List.of(ChatClient.PASSWORD, "wrong " + ChatClient.PASSWORD)) {
            assertThat(chat.visitor("alice").postStatus("login", Map.of("login", "alice", "password", password)))
                    .isEqualTo(password.equals(ChatClient.PASSWORD) ? 303 : 401);
        }
    }

    @Test
    void scripts_and_other_sites_cannot_read_the_cookie() {
        String cookie = newCookie();
        assertThat(cookie)
                .startsWith("klatsch=")
                .contains("; Path=/;", "HttpOnly", "SameSite=Lax", "Max-Age=2592000")
                .doesNotContain("Secure", "Domain");
        assertThat(cookie.replaceAll("klatsch=([^;]*);.*", "$1")).hasSize(43);
    }

    @Test
    void under_https_the_cookie_is_bound_to_https_and_to_the_host() {
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
        return DriverManager.getConnection("jdbc:h2:file:" + chat.directory().resolve("klatsch"));
    }
}
