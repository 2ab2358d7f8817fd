package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chat that looks like the app around it. */
class LookTest {
    private static final String SVG =
            "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>";

    private static final String STYLE = """
            :root {
              --klatsch-accent: rgb(0, 80, 160);
              --klatsch-accent-text: rgb(250, 250, 1);
              --klatsch-own: rgb(1, 60, 120);
              --klatsch-own-text: rgb(250, 250, 2);
              --klatsch-background: rgb(250, 250, 3);
              --klatsch-surface: rgb(250, 250, 4);
              --klatsch-border: rgb(200, 200, 5);
              --klatsch-panel: rgb(240, 240, 6);
              --klatsch-text: rgb(7, 0, 0);
              --klatsch-faint: rgb(80, 8, 8);
              --klatsch-radius: 0px;
              --klatsch-font: monospace;
            }
            """;

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.look(new Look()
            .name("ACME Talk")
            .logo(SVG.getBytes())
            .style(STYLE)
            .home("/shop?a=1&b=2", "Back to the <shop>")));

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @TempDir
    Path directory;

    @Test
    void pages_show_the_name_the_logo_and_the_way_back() {
        Document login = chat.visitor().page("login");
        Document room = chat.user("alice").page("rooms/lobby");
        for (Document page : List.of(login, room)) {
            assertThat(page.title()).contains("ACME Talk");
            assertThat(page.select(".brand span").text()).isEqualTo("ACME Talk");
            String logo = page.select(".brand img").attr("src");
            assertThat(logo).matches("/static/logo\\.[0-9a-f]{16}\\.svg");
            assertThat(page.select("#icon").attr("href")).isEqualTo(logo);
            assertThat(page.select("link[rel=apple-touch-icon], meta[name=theme-color]"))
                    .isEmpty();
            assertThat(page.select(".way-back").attr("href")).isEqualTo("/shop?a=1&b=2");
            assertThat(page.select(".way-back").text()).isEqualTo("Back to the <shop>");
            assertThat(page.select("link[rel=stylesheet]").eachAttr("href").get(1))
                    .matches("/static/style\\.[0-9a-f]{16}\\.css");
        }
        assertThat(chat.visitor().get("manifest.webmanifest").body())
                .contains("ACME Talk", "/static/logo.", "\"any\"")
                .doesNotContain("icon-192", "theme_color");
    }

    @Test
    void files_of_the_host_are_cached_and_a_logo_runs_nothing() {
        Document login = chat.visitor().page("login");
        HttpResponse<String> logo = file(login.select(".brand img").attr("src"));
        assertThat(logo.body()).isEqualTo(SVG);
        assertThat(logo.headers().firstValue("Content-Type").orElseThrow()).startsWith("image/svg+xml");
        assertThat(logo.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "sandbox", "frame-ancestors 'none'");
        HttpResponse<String> style =
                file(login.select("link[rel=stylesheet]").get(1).attr("href"));
        assertThat(style.body()).isEqualTo(STYLE);
        assertThat(style.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        for (HttpResponse<String> file : List.of(logo, style)) {
            assertThat(file.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
            assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
    }

    private static HttpResponse<String> file(String address) {
        return chat.visitor().get(address.substring(1));
    }

    @Test
    void a_png_is_the_icon_of_the_installed_app_too() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB), "png", file);
        byte[] png = file.toByteArray();
        try (ChatServer server = ChatServer.start(
                config -> config.port(0).dataDirectory(directory).look(new Look().logo(png)))) {
            ChatClient visitor = new ChatClient(server.url(), "visitor");
            Document login = visitor.page("login");
            String logo = login.select(".brand img").attr("src");
            assertThat(login.select("link[rel=apple-touch-icon]").attr("href")).isEqualTo(logo);
            assertThat(visitor.get("manifest.webmanifest").body()).contains(logo, "48x32", "theme_color");
        }
    }

    @Test
    void the_name_that_an_operator_gives_is_stronger() {
        try (ChatServer server = ChatServer.start(
                config -> config.port(0).dataDirectory(directory).look(new Look().name("ACME Talk")))) {
            ChatClient operator = new ChatClient(server.url(), "root");
            assertThat(operator.page("signup").select("[name=site]").val()).isEqualTo("ACME Talk");
            operator.signUp();
            operator.post("admin/chat", Map.of("site", "Kitchen"));
            assertThat(operator.page("rooms/lobby").title()).contains("Kitchen");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GIF89a", "{}", "svg", "<html></html>"})
    void a_logo_is_an_image(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("logo"), content);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Look().logo(file))
                .withMessageContaining("SVG or PNG");
    }

    @Test
    void files_are_small_and_readable() throws IOException {
        Path large = Files.write(directory.resolve("large"), new byte[256 * 1024 + 1]);
        Path latin = Files.write(directory.resolve("latin"), new byte[] {'a', (byte) 0xe4});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Look().logo(large))
                .withMessageContaining("256 KiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Look().style(large))
                .withMessageContaining("256 KiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Look().style("x".repeat(256 * 1024 + 1)))
                .withMessageContaining("256 KiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Look().style(latin))
                .withMessageContaining("UTF-8");
        assertThatIllegalArgumentException().isThrownBy(() -> new Look().style(directory.resolve("none")));
    }

    @Test
    void the_documented_properties_are_those_of_the_style_sheet_and_each_is_used() throws IOException {
        String css;
        try (var files = Files.list(Path.of("src/main/web/css"))) {
            css = String.join("", files.map(LookTest::read).toList());
        }
        List<String> declared = all("(?m)^  (--klatsch-[a-z-]+):", css);
        assertThat(declared).doesNotHaveDuplicates();
        assertThat(all("(?m)^\\| `(--klatsch-[a-z-]+)` \\|", read(Path.of("docs/embedding.md"))))
                .containsExactlyElementsOf(declared);
        assertThat(declared).allSatisfy(name -> assertThat(css).contains("var(" + name + ")"));
        assertThat(all("var\\((--klatsch-[a-z-]+)", css)).isSubsetOf(declared);
        assertThat(STYLE).contains(declared);
    }

    @Test
    void each_property_changes_what_it_says() {
        BrowserUser alice = browsers.join(chat, "anna");
        alice.says("Hello");
        alice.sees("Hello");
        Locator own = alice.message("Hello").locator(".bubble");
        Locator send = alice.page().locator("#composer .primary");
        Locator body = alice.page().locator("body");
        assertThat(alice.style(send, "background-color")).isEqualTo("rgb(0, 80, 160)");
        assertThat(alice.style(send, "border-radius")).isEqualTo("0px");
        assertThat(alice.style(send, "color")).isEqualTo("rgb(250, 250, 1)");
        assertThat(alice.style(own, "background-color")).isEqualTo("rgb(1, 60, 120)");
        assertThat(alice.style(own, "color")).isEqualTo("rgb(250, 250, 2)");
        assertThat(alice.style(own, "border-radius")).isEqualTo("0px");
        assertThat(alice.style(body, "background-color")).isEqualTo("rgb(250, 250, 3)");
        assertThat(alice.style(body, "color")).isEqualTo("rgb(7, 0, 0)");
        assertThat(alice.style(body, "font-family")).isEqualTo("monospace");
        assertThat(alice.style(alice.page().locator("#rooms"), "background-color"))
                .isEqualTo("rgb(240, 240, 6)");
        assertThat(alice.style(alice.page().locator("#rooms"), "border-right-color"))
                .isEqualTo("rgb(200, 200, 5)");
        assertThat(alice.style(alice.page().locator("#rooms > h2"), "color")).isEqualTo("rgb(80, 8, 8)");
        alice.goes("settings");
        assertThat(alice.style(alice.page().locator(".sheet").first(), "background-color"))
                .isEqualTo("rgb(250, 250, 4)");
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
