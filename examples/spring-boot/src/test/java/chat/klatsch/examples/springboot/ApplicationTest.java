package chat.klatsch.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
class ApplicationTest {
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");
    private static final int PORT = freePort();
    private static final int CHAT_PORT = freePort();
    private static final String APP = "http://localhost:" + PORT;
    private static final String CHAT = "http://localhost:" + CHAT_PORT;

    @TempDir
    static Path data;

    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @Autowired
    private ChatServer chat;

    @DynamicPropertySource
    static void set(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> PORT);
        properties.add("app.url", () -> APP);
        properties.add("chat.port", () -> CHAT_PORT);
        properties.add("chat.url", () -> CHAT);
        properties.add("chat.data", data::toString);
        properties.add("demo.password", () -> PASSWORD);
    }

    @Test
    void users_of_the_application_are_in_the_chat_without_a_second_sign_in_until_they_sign_out() throws Exception {
        HttpResponse<String> form = get(CHAT + "/settings");
        assertThat(form.uri()).hasToString(APP + "/login");
        HttpResponse<String> page = post(APP + "/login", form, Map.of("username", "ben", "password", PASSWORD));
        assertThat(page.uri()).as("where ben wanted to go").hasToString(CHAT + "/settings");
        assertThat(get(APP + "/chat").uri()).hasToString(CHAT + "/rooms/lobby");
        assertThat(get(CHAT + "/admin").statusCode())
                .as("operators are the application's")
                .isEqualTo(200);
        assertThat(chat.people().find("ben")).isPresent();

        assertThat(get(APP + "/actuator/health").body()).contains("\"status\":\"UP\"");
        post(APP + "/logout", get(APP + "/logout"), Map.of());
        assertThat(get(CHAT + "/rooms/lobby").uri()).hasToString(APP + "/login");
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "text/html,*/*")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, HttpResponse<String> page, Map<String, String> fields)
            throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(page.body());
        assertThat(csrf.find()).as(page.body()).isTrue();
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "_csrf=" + csrf.group(1) + "&", ""));
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
