package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.HostUser;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.javalin.Javalin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that customers of a shop on another port talk in a frame on its page. */
class BrowserEmbeddedTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    private Javalin shop;

    @BeforeEach
    void open() {
        shop = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/", context -> context.html(page(link(context.queryParam("user")))));
                    config.routes.get(
                            "/again",
                            context -> context.html(page(chat.server().rooms().embedUrl(RoomId.LOBBY))));
                    config.routes.get("/whole", context -> context.html(page(chat.url() + "rooms/lobby")));
                    config.routes.get("/login", context -> context.html(page(link("anna"))));
                })
                .start(0);
        chat.configure(config -> config.users(shopUrl() + "login?next={next}").frameAncestors(shopUrl()));
    }

    @AfterEach
    void close() {
        shop.stop();
    }

    private String shopUrl() {
        return "http://127.0.0.1:" + shop.port() + "/";
    }

    private String link(String user) {
        return chat.server().people().signInUrl(new HostUser(user, user, user), RoomId.LOBBY);
    }

    private static String page(String frame) {
        return "<!doctype html><title>Shop</title><link rel=icon href='data:,'><h1>Orders</h1>" + "<iframe src='"
                + frame + "' title=Chat width=320 height=400></iframe>";
    }

    private BrowserUser comes(String user) {
        return comes(user, new Browser.NewContextOptions());
    }

    private BrowserUser comes(String user, Browser.NewContextOptions options) {
        BrowserUser customer = browsers.visitor(chat.url(), user, options);
        customer.page().navigate(shopUrl() + "?user=" + user);
        return customer;
    }

    private static FrameLocator frame(BrowserUser user) {
        return user.page().frameLocator("iframe");
    }

    private static Locator composer(BrowserUser user) {
        return frame(user).locator("#composer [name=body]");
    }

    private static void says(BrowserUser user, String text) {
        composer(user).pressSequentially(text);
        composer(user).press("Enter");
        sees(user, text);
    }

    private static void sees(BrowserUser user, String text) {
        eventually(
                () -> frame(user).locator("#messages .body").allTextContents().contains(text));
    }

    private static String frameUrl(Page page) {
        // Playwright learns of a navigation when it asks the browser for something.
        page.title();
        return page.frames().get(1).url();
    }

    @Test
    void two_customers_talk_live_and_the_frame_never_leaves_the_room() {
        BrowserUser anna = comes("anna");
        // What htmx swaps in has the focus all the same.
        anna.expectsErrors("Blocked autofocusing .*");
        composer(anna).waitFor();
        assertThat(anna.page().evaluate("document.activeElement.tagName")).isEqualTo("BODY");
        BrowserUser ben = comes("ben");
        says(anna, "Where is my order?");
        sees(ben, "Where is my order?");
        says(ben, "On its way, see https://shop.example/17");
        sees(anna, "On its way, see https://shop.example/17");
        assertThat(frame(anna).locator("nav, #switcher, .user-menu").count()).isZero();

        composer(anna).press("ArrowUp");
        Locator edit = frame(anna).locator(".edit [name=body]");
        edit.fill("Where is order 17?");
        frame(anna).locator(".edit .primary").click();
        sees(ben, "Where is order 17?");

        Locator answered = frame(anna).locator(".message[data-author=ben]");
        answered.hover();
        answered.locator(".message-actions").click();
        frame(anna).locator("#menu >> text=Reply").click();
        says(anna, "Thanks");
        frame(ben).locator(".quote").waitFor();
        frame(ben).locator(".quote").click();
        eventually(() -> frameUrl(ben.page()).contains("/embed/rooms/lobby?at="));
        sees(ben, "Thanks");

        anna.page()
                .waitForResponse(
                        "**/embed/rooms/lobby/draft", () -> composer(anna).fill("half a text"));
        anna.page().navigate(shopUrl() + "again");
        eventually(() -> composer(anna).inputValue().equals("half a text"));

        Page profile = anna.context()
                .waitForPage(() -> frame(anna)
                        .locator(".message[data-author=ben] .name a")
                        .first()
                        .click());
        profile.waitForURL("**/@ben");
        assertThat(frameUrl(anna.page())).endsWith("/embed/rooms/lobby");
        assertThat(profile.locator("nav.sidebar").count()).isEqualTo(1);
    }

    @Test
    void a_customer_who_is_signed_out_keeps_the_text_and_the_frame() {
        BrowserUser anna = comes("anna");
        says(anna, "Hello");
        anna.expectsErrors("status of 401");
        composer(anna).fill("not yet sent");
        chat.server().people().signOut("anna");
        Locator notice = frame(anna).locator("#notice a.sign-in");
        notice.waitFor();
        notice.click();
        frame(anna).locator("main.card").waitFor();
        assertThat(frame(anna).locator("main.card").textContent()).contains("not yet sent");
        Page login = anna.context()
                .waitForPage(() -> frame(anna).locator("main.card a.secondary").click());
        login.frameLocator("iframe").locator("#composer").waitFor();
        frame(anna).locator("main.card button.primary").click();
        eventually(() -> composer(anna).inputValue().equals("not yet sent"));
        assertThat(frameUrl(anna.page())).contains("/embed/rooms/lobby");
    }

    @Test
    void without_scripts_forms_stay_in_the_frame() {
        BrowserUser anna = comes("anna", new Browser.NewContextOptions().setJavaScriptEnabled(false));
        composer(anna).fill("By a plain form");
        frame(anna).locator("#composer button.primary").click();
        frame(anna).locator("#messages .body >> text=By a plain form").waitFor();
        assertThat(frameUrl(anna.page())).endsWith("/embed/rooms/lobby");
    }

    @Test
    void a_site_that_is_not_named_frames_nothing_and_nobody_frames_a_whole_page() {
        BrowserUser anna = comes("anna");
        composer(anna).waitFor();
        anna.expectsErrors("(?i).*(frame-ancestors|framing|refused|status of 401).*");
        anna.page().navigate(shopUrl() + "whole");
        eventually(() -> frameUrl(anna.page()).startsWith("chrome-error:"));
        anna.page().navigate(shopUrl().replace("127.0.0.1", "localhost") + "again");
        eventually(() -> frameUrl(anna.page()).startsWith("chrome-error:"));
    }
}
