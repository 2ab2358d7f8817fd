package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.HostUser;
import chat.klatsch.KlatschPlugin;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.web.socket.HeartbeatSettings;
import com.microsoft.playwright.Page;
import io.javalin.Javalin;
import jakarta.servlet.http.HttpSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Checks that customers of a shop talk in its chat without a second login. */
class BrowserMountedTest {
    private static final String LOGIN =
            "<!doctype html><title>Shop</title><link rel=icon href='data:,'><form method=post action=/login>"
                    + "<input name=user><button>Log in</button></form>";

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @TempDir
    Path directory;

    private final Map<String, HttpSession> sessions = new ConcurrentHashMap<>();
    private Javalin shop;

    @BeforeEach
    void open() {
        shop = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.registerPlugin(new KlatschPlugin(chat -> chat.path("/chat")
                            .dataDirectory(directory)
                            .drain(Duration.ZERO)
                            .heartbeatSettings(new HeartbeatSettings(Duration.ofSeconds(3), Duration.ofMillis(200)))
                            .users(request -> customer(request.getSession(false)), "/login?next={next}")));
                    config.routes.get("/login", context -> context.html(LOGIN));
                    config.routes.post("/login", context -> {
                        context.sessionAttribute("user", context.formParam("user"));
                        sessions.put(context.formParam("user"), context.req().getSession());
                        context.html("<!doctype html><link rel=icon href='data:,'><a href='/chat/'>Talk to us</a>");
                    });
                })
                .start(0);
    }

    @AfterEach
    void close() {
        shop.stop();
    }

    private static Optional<HostUser> customer(HttpSession session) {
        return Optional.ofNullable(session)
                .map(known -> (String) known.getAttribute("user"))
                .map(user -> new HostUser(user, user, user));
    }

    private BrowserUser comes(String user) {
        BrowserUser customer = browsers.visitor("http://127.0.0.1:" + shop.port() + "/", user);
        customer.page().navigate("http://127.0.0.1:" + shop.port() + "/login");
        logsIn(customer.page(), user);
        customer.page().locator("text=Talk to us").click();
        customer.isLive();
        return customer;
    }

    private static void logsIn(Page page, String user) {
        page.locator("[name=user]").fill(user);
        page.locator("button").click();
        page.locator("text=Talk to us").waitFor();
    }

    @Test
    void customers_talk_and_keep_their_text_when_the_shop_signs_them_out() {
        BrowserUser anna = comes("anna");
        BrowserUser ben = comes("ben");
        anna.types("Hello");
        anna.presses("Enter");
        ben.sees("Hello");
        ben.types("Hello, Anna");
        ben.presses("Enter");
        anna.sees("Hello, Anna");
        assertThat(anna.page().locator("#user-menu button").count()).isZero();

        anna.expectsErrors("status of 401");
        anna.types("not yet sent");
        sessions.get("anna").invalidate();
        eventually(() -> anna.page().locator("#notice").textContent().contains("You are signed out"));
        anna.page().locator("#notice a").click();
        anna.page().locator("main.card button.primary").waitFor();
        Page other = anna.page().context().newPage();
        other.navigate("http://127.0.0.1:" + shop.port() + "/login");
        logsIn(other, "anna");
        anna.page().locator("main.card button.primary").click();
        anna.isLive();
        assertThat(anna.composer().inputValue()).isEqualTo("not yet sent");
    }
}
