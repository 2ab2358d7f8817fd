package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatExtension;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what browsers need to install the chat as an app, also below a path. */
class InstallableTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/team/chat/"})
    void every_page_leads_to_a_manifest_with_icons(String path) throws Exception {
        chat.configure(config -> config.basePath(path)).user("alice");
        Document page = Jsoup.parse(
                new String(get(path + "login").body(), StandardCharsets.UTF_8),
                URI.create(chat.url()).toString());
        assertThat(page.select("meta[name=description]").attr("content")).isNotBlank();
        assertThat(page.select("meta[name=theme-color]").eachAttr("media"))
                .containsExactly("(prefers-color-scheme: light)", "(prefers-color-scheme: dark)");
        HttpResponse<byte[]> answer = get(page.selectFirst("link[rel=manifest]").attr("href"));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/manifest+json");
        JsonNode manifest = new ObjectMapper().readTree(answer.body());
        assertThat(manifest.get("start_url").asText()).isEqualTo(path);
        assertThat(manifest.get("scope").asText()).isEqualTo(path);
        assertThat(manifest.get("name").asText()).isEqualTo("Klatsch");
        assertThat(manifest.get("display").asText()).isEqualTo("standalone");
        for (JsonNode icon : manifest.get("icons")) {
            HttpResponse<byte[]> image = get(icon.get("src").asText());
            assertThat(image.headers().firstValue("Content-Type").orElseThrow()).startsWith("image/png");
            int width = ImageIO.read(new ByteArrayInputStream(image.body())).getWidth();
            assertThat(icon.get("sizes").asText()).isEqualTo(width + "x" + width);
        }
        assertThat(manifest.get("icons").findValuesAsText("purpose")).contains("any", "maskable");
        assertThat(get(page.selectFirst("link[rel=apple-touch-icon]").attr("href"))
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        URI address = URI.create(chat.url()).resolve(path);
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
    }
}
