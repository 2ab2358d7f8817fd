package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException;
import chat.klatsch.fixture.RouteTest;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.StaticAssets;
import io.javalin.testtools.HttpClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

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

    private static int post(HttpClient client, String header, String value) {
        return client.post("/", null, request -> request.header(header, value)).code();
    }

    private static void run(Optional<URI> publicUrl, Consumer<HttpClient> test) {
        Site site = new Site("", publicUrl, ASSETS);
        RouteTest.run(
                routes -> routes.before(new CsrfGuard(site)::refuseCrossSite)
                        .post("/", context -> context.result("done"))
                        .exception(ChatException.class, new ErrorResponses(site)::show),
                test);
    }
}
