package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.fixture.RouteTest;
import chat.klatsch.text.Text;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.StaticAssets;
import io.javalin.testtools.HttpClient;
import io.javalin.testtools.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorResponsesTest {
    private static final Site SITE = new Site("", Optional.empty(), new StaticAssets(), () -> "Klatsch");

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "SIGNED_OUT")
    void every_refusal_is_a_page_with_the_reason_and_a_way_back(Kind kind) {
        run(client -> {
            Response response = client.get("/" + kind);
            assertThat(response.code()).isEqualTo(ErrorResponses.status(kind));
            assertThat(response.headers().get("Cache-Control")).containsExactly("no-store");
            assertThat(response.headers().get("Retry-After")).containsExactly("7");
            var page = Jsoup.parse(response.body().string());
            assertThat(page.text()).contains("<b> is not a member of this room.");
            assertThat(page.select("a[href='/']")).isNotEmpty();
        });
    }

    @Test
    void a_script_gets_the_reason_as_json() {
        run(client -> {
            Response response = client.get("/INVALID", request -> request.header("Accept", "application/json"));
            assertThat(response.code()).isEqualTo(422);
            assertThat(response.body().string()).isEqualTo("{\"error\":\"<b> is not a member of this room.\"}");
        });
    }

    @Test
    void htmx_gets_a_notice_that_replaces_nothing_else() {
        run(client -> {
            Response response = client.get("/FORBIDDEN", request -> request.header("HX-Request", "true"));
            assertThat(response.code()).isEqualTo(403);
            assertThat(response.headers().get("HX-Reswap")).containsExactly("none");
            assertThat(Jsoup.parse(response.body().string()).select("#notice").text())
                    .isEqualTo("<b> is not a member of this room.");
        });
    }

    @Test
    void htmx_is_not_led_away_when_its_user_is_signed_out() {
        run(client -> {
            Response response = client.get("/SIGNED_OUT", request -> request.header("HX-Request", "true"));
            assertThat(response.code()).isEqualTo(401);
            assertThat(response.headers().get("HX-Reswap")).containsExactly("none");
            assertThat(response.headers().get("HX-Redirect")).isNull();
            var notice = Jsoup.parse(response.body().string()).select("#notice");
            assertThat(notice.text()).isEqualTo("You are signed out. Sign in in another tab, then continue here.");
            assertThat(notice.select("a").attr("href")).startsWith("/login?next=");
        });
    }

    private static void run(Consumer<HttpClient> test) {
        RouteTest.run(
                routes -> routes.get("/{kind}", context -> {
                            throw new ChatException(
                                    Kind.valueOf(context.pathParam("kind")),
                                    new Text("refusal.member.none", "<b>"),
                                    Duration.ofSeconds(7));
                        })
                        .exception(ChatException.class, new ErrorResponses(SITE)::show),
                test);
    }
}
