package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException;
import chat.klatsch.fixture.RawHttp;
import chat.klatsch.fixture.RouteTest;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.StaticAssets;
import io.javalin.testtools.HttpClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsrfGuardTest {
    private static final StaticAssets ASSETS = new StaticAssets();

    @Test
    void without_a_public_url_the_requests_own_host_decides() {
        run(Optional.empty(), client -> {
            String own = client.getOrigin();
            assertThat(post(client, "Origin", own)).isEqualTo(200);
            assertThat(post(client, "Origin", own.replace("http:", "https:"))).isEqualTo(200);
            for (String foreign : List.of(
                    own + "0",
                    own + ".evil.example",
                    "http://127.0.0.1:1",
                    "http://127.0.0.1.evil.example",
                    "https://evil.example",
                    "http://localhost",
                    "null",
                    "not a URL")) {
                assertThat(post(client, "Origin", foreign)).isEqualTo(403);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "my_host:8080, http://my_host:8080",
        "my_host, https://my_host",
        "MY_HOST, http://my_host",
        "my_host, http://my_host:80",
        "my_host:443, https://my_host",
        "chat.example.org., http://chat.example.org.",
        "[::1]:8080, http://[::1]:8080",
        "[::1], http://[0:0:0:0:0:0:0:1]:80",
        "xn--bcher-kva.example, https://xn--bcher-kva.example"
    })
    void a_host_may_be_written_in_several_ways(String host, String origin) {
        assertThat(post(Optional.empty(), host, origin)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "my_host, http://my_host.evil.example",
        "my_host, http://evil.example",
        "my_host, http://my-host",
        "my_host, http://my_host:81",
        "my_host, https://my_host:80",
        "my_host, http://my_host@evil.example",
        "my_host, http://evil.example@my_host",
        "my_host, http://evil.example#@my_host",
        "my_host, http://evil.example\\@my_host",
        "my_host, http://my_host/path",
        "my_host, ftp://my_host",
        "my_host, my_host",
        "my_host, //my_host",
        "my_host, http://",
        "my_host, http://:80",
        "my_host, http://my_host:99999",
        "my_host, http://my_host http://my_host",
        "my_host, null",
        "null, null",
        "[::1], http://[::2]",
        "[::1], http://[::1]evil.example",
        "my..host, http://my..host",
        "my_host:x, http://my_host:x"
    })
    void an_origin_that_is_another_host_or_none_is_foreign(String host, String origin) {
        // Jetty itself refuses a malformed host.
        assertThat(post(Optional.empty(), host, origin)).isIn(400, 403);
    }

    @ParameterizedTest
    @CsvSource({
        "http://my_chat:8080, http://my_chat:8080, 200",
        "https://my_chat, https://my_chat:443, 200",
        "https://my_chat, http://my_chat, 403",
        "HTTPS://Chat.Example.org:443/, https://chat.example.org, 200",
        "https://bücher.example, https://xn--bcher-kva.example, 200",
        "https://BÜCHER.example, https://xn--bcher-kva.example, 200",
        "https://bücher.example, https://bucher.example, 403",
        "https://例え.テスト, https://xn--r8jz45g.xn--zckzah, 200",
        "https://chat.example.org., https://chat.example.org, 200",
        "https://chat.example.org, https://chat.example.org., 200",
        "http://[0:0:0:0:0:0:0:1]:8080, http://[::1]:8080, 200",
        "http://[2001:DB8::1], http://[2001:db8::1], 200",
        "http://[2001:db8::1], http://[2001:db8::2], 403"
    })
    void a_public_url_may_be_written_in_several_ways(String publicUrl, String origin, int status) {
        assertThat(post(Optional.of(URI.create(publicUrl)), "10.0.0.1:8080", origin))
                .isEqualTo(status);
    }

    @Test
    void a_public_url_is_the_only_allowed_origin() {
        run(Optional.of(URI.create("http://chat.example.org")), client -> {
            for (String own : List.of("http://chat.example.org", "http://chat.example.org:80")) {
                assertThat(post(client, "Origin", own)).isEqualTo(200);
            }
            for (String foreign :
                    List.of(client.getOrigin(), "https://chat.example.org", "http://chat.example.org:81")) {
                assertThat(post(client, "Origin", foreign)).isEqualTo(403);
            }
        });
    }

    @Test
    void the_fetch_metadata_of_a_browser_decides_and_scripts_may_send_none() {
        run(Optional.empty(), client -> {
            assertThat(client.post("/").code()).isEqualTo(200);
            assertThat(post(client, "Sec-Fetch-Site", "same-origin")).isEqualTo(200);
            assertThat(post(client, "Sec-Fetch-Site", "none")).isEqualTo(200);
            assertThat(post(client, "Sec-Fetch-Site", "same-site")).isEqualTo(403);
            assertThat(post(client, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
            assertThat(client.post(
                                    "/",
                                    null,
                                    request -> request.header("Sec-Fetch-Site", "cross-site")
                                            .header("Origin", client.getOrigin()))
                            .code())
                    .isEqualTo(403);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "http://my_host/rooms/lobby, 200",
        "https://my_host/, 200",
        "http://MY_HOST:80?q=1#top, 200",
        "http://my_host, 200",
        "'', 200",
        "http://evil.example/, 403",
        "https://evil.example/http://my_host/, 403",
        "http://my_host.evil.example/, 403",
        "http://my_host@evil.example/, 403",
        "http://evil.example?http://my_host/, 403",
        "http://my_host:81/, 403",
        "//my_host/, 403",
        "about:blank, 200",
        "none, 200"
    })
    void of_a_request_that_names_no_origin_the_page_decides(String page, int status) {
        assertThat(send(Optional.empty(), "my_host", "Referer: " + page)).isEqualTo(status);
        for (String own : List.of("Origin: http://my_host", "Sec-Fetch-Site: same-origin")) {
            assertThat(send(Optional.empty(), "my_host", own + "\r\nReferer: " + page))
                    .isEqualTo(200);
        }
        int behindProxy = page.startsWith("https://my_host/") || !page.contains("//") ? 200 : 403;
        assertThat(send(Optional.of(URI.create("https://my_host")), "10.0.0.1", "Referer: " + page))
                .isEqualTo(behindProxy);
    }

    private static int post(Optional<URI> publicUrl, String host, String origin) {
        return send(publicUrl, host, "Origin: " + origin);
    }

    private static int send(Optional<URI> publicUrl, String host, String headers) {
        AtomicInteger status = new AtomicInteger();
        run(
                publicUrl,
                client -> status.set(RawHttp.send(
                                URI.create(client.getOrigin()).getPort(),
                                "POST / HTTP/1.1\r\nHost: " + host + "\r\n" + headers
                                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .status()));
        return status.get();
    }

    private static int post(HttpClient client, String header, String value) {
        return client.post("/", null, request -> request.header(header, value)).code();
    }

    private static void run(Optional<URI> publicUrl, Consumer<HttpClient> test) {
        Site site = new Site("", publicUrl, ASSETS, () -> "Klatsch");
        RouteTest.run(
                routes -> routes.before(new CsrfGuard(site)::refuseCrossSite)
                        .post("/", context -> context.result("done"))
                        .exception(ChatException.class, new ErrorResponses(site)::show),
                test);
    }
}
