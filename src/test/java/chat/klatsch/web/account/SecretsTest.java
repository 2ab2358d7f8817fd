package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path directory;

    @Test
    void the_database_knows_neither_a_password_nor_a_sign_in() throws Exception {
        String token;
        try (ChatServer chat = ChatServer.start(
                config -> config.port(0).dataDirectory(directory).passwordMemory(19))) {
            ChatClient alice = new ChatClient(chat.url(), "alice").signUp();
            token = alice.cookie("klatsch").orElseThrow();
        }
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));

        String dump = String.join("\n", dump());
        assertThat(dump)
                .contains(HexFormat.of().formatHex(sha256))
                .containsPattern("'\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$")
                .doesNotContain(token, ChatClient.PASSWORD);
    }

    @Test
    void the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
        try (ChatServer chat = ChatServer.start(config -> config.port(0).dataDirectory(directory))) {
            String cookie = cookieOfSomebodyNew(chat);
            assertThat(cookie)
                    .startsWith("klatsch=")
                    .contains("; Path=/;", "HttpOnly", "SameSite=Lax", "Max-Age=2592000")
                    .doesNotContain("Secure", "Domain");
            assertThat(cookie.replaceAll("klatsch=([^;]*);.*", "$1")).hasSize(43);
        }
    }

    @Test
    void behind_https_the_cookie_is_bound_to_https_and_to_this_host() {
        try (ChatServer chat = ChatServer.start(
                config -> config.port(0).dataDirectory(directory).publicUrl(URI.create("https://chat.example.org")))) {
            assertThat(cookieOfSomebodyNew(chat))
                    .startsWith("__Host-klatsch=")
                    .contains("; Path=/;", "HttpOnly", "SameSite=Lax", "Secure")
                    .doesNotContain("Domain");
        }
    }

    private static String cookieOfSomebodyNew(ChatServer chat) {
        HttpResponse<String> response = new ChatClient(chat.url(), "alice")
                .post("signup", Map.of("username", "alice", "password", ChatClient.PASSWORD));
        assertThat(response.headers().allValues("Set-Cookie")).hasSize(1);
        return response.headers().firstValue("Set-Cookie").orElseThrow();
    }

    private List<String> dump() throws Exception {
        List<String> lines = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("klatsch"));
                var statement = connection.createStatement();
                var script = statement.executeQuery("script")) {
            while (script.next()) {
                lines.add(script.getString(1));
            }
        }
        return lines;
    }
}
