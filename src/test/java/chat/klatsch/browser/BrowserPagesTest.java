package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserPagesTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    /** Browsers fails this test when a console shows an error or a warning. */
    @Test
    void a_whole_session_logs_no_console_errors() {
        BrowserUser alice = browsers.visitor(chat.url(), "alice").signUp();
        alice.says("Is this thing on?");
        alice.sees("Is this thing on?");
        alice.scrolls(-200);
        alice.types("I begin to write");
        eventually(() -> alice.typist("alice").count() == 1);
        alice.signsOut();
        alice.page().waitForURL("**/login");
        alice.signIn();
        assertThat(alice.bodies()).containsExactly("Is this thing on?");

        // The browser itself logs every response with this status.
        alice.expectsErrors("status of 404");
        assertThat(alice.goes("nowhere").status()).isEqualTo(404);
        alice.page().getByText("Back to chat").click();
        alice.isLive();
    }

    @Test
    void every_script_is_a_hashed_local_file_with_an_integrity_attribute() {
        BrowserUser alice = browsers.join(chat, "alice");
        Locator scripts = alice.page().locator("script");
        assertThat(scripts.count()).isEqualTo(4);
        for (Locator script : scripts.all()) {
            assertThat(script.getAttribute("src")).matches("/static/[a-z.-]+\\.[0-9a-f]{16}\\.js");
            assertThat(script.getAttribute("integrity")).startsWith("sha384-");
            assertThat(script.textContent()).isEmpty();
        }
        assertThat(alice.page()
                        .locator("[style], style, [onclick], [onload], [onerror]")
                        .count())
                .isZero();
    }

    @Test
    void all_pages_are_accessible_in_light_and_dark_mode() {
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.goes("signup");
        isAccessible(alice);
        alice.goes("login");
        isAccessible(alice);
        alice.goes("password/forgot?done=forgot");
        isAccessible(alice);
        alice.expectsErrors("status of 404");
        alice.goes("nowhere");
        isAccessible(alice);

        ChatClient session = chat.user("alice");
        alice.takesOver(session);
        ChatClient room = session.makes("Garden", "closed");
        room.post(room.at("invitation"), Map.of());
        for (String path : List.of(
                "rooms", room.at("about"), room.at("delete"), room.at("about?done=saved"), "rooms/" + room.room())) {
            alice.goes(path);
            isAccessible(alice);
        }
        alice.goes("rooms/lobby");
        isAccessible(alice);
        for (String menu : List.of(".user-button", ".switcher-button")) {
            alice.page().locator(menu).click();
            isAccessible(alice);
            alice.presses("Escape");
        }
        for (String path : List.of("people", "find?to=lob")) {
            alice.goes(path);
            isAccessible(alice);
        }
        ChatClient bob = chat.user("bob");
        ChatClient carol = chat.user("carol");
        session.post("admin/users/ban", Map.of("username", "carol", "note", "A reason ".repeat(9)));
        carol.close();
        bob.posts("unbroken".repeat(60));
        for (String path : List.of("users", "users/ban?username=bob", "rooms", "messages", "audit", "chat")) {
            alice.goes("admin/" + path);
            isAccessible(alice);
        }
        alice.goes("welcome");
        isAccessible(alice);
        alice.goes("settings");
        isAccessible(alice);
        alice.goes("@bob");
        isAccessible(alice);
        alice.goes("rooms/lobby");
        alice.isLive();
        String formatted =
                "*Hello* `code` @alice @bob https://example.org\n> quoted\n\n- one\n```\n" + "wide ".repeat(99);
        chat.visitor("alice").signIn().posts(formatted);
        List.of("Hi", "How are you?", "مرحبا", formatted, "😀").forEach(bob::posts);
        alice.sees("😀");
        isAccessible(alice);
        alice.page().locator(".message").last().hover();
        alice.page().locator(".message-actions").last().click();
        alice.page().getByText("Mark as unread").waitFor();
        isAccessible(alice);
        alice.page().locator(".more-emoji").click();
        alice.page().locator("#emoji button").first().waitFor();
        isAccessible(alice);
        alice.goes("search?q=Hello");
        isAccessible(alice);
        alice.goes("settings/account?done=email");
        isAccessible(alice);
    }

    @Test
    void every_control_is_reachable_by_keyboard() {
        BrowserUser alice = browsers.join(chat, "alice");
        List<String> reached = new ArrayList<>();
        for (int presses = 0; presses < 20; presses++) {
            alice.presses("Tab");
            reached.add((String) alice.page()
                    .evaluate("(document.activeElement.ariaLabel ?? document.activeElement.innerText).trim()"));
        }
        assertThat(reached).contains("Skip to message box", "Messages", "Message", "# Lobby", "New private chat");
        assertThat(reached).anySatisfy(name -> assertThat(name).contains("your menu"));
        assertThat(reached).anySatisfy(name -> assertThat(name).startsWith("Send"));
    }

    @Test
    void signing_out_in_one_tab_closes_the_other() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser tab = alice.opensAnotherTab();
        alice.expectsErrors("status of 401");
        alice.signsOut();
        tab.page().waitForURL("**/login");
        tab.page().getByText("Welcome back").waitFor();
    }

    private static void isAccessible(BrowserUser user) {
        // There are no frames to look into, and in the dark nothing differs but the colours. What is still fading in
        // has
        // none that count.
        user.page().emulateMedia(still().setColorScheme(ColorScheme.LIGHT));
        isAccessible(user, new AxeBuilder(user.page()));
        user.page().emulateMedia(still().setColorScheme(ColorScheme.DARK));
        isAccessible(user, new AxeBuilder(user.page()).withRules(List.of("color-contrast")));
    }

    private static Page.EmulateMediaOptions still() {
        return new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE);
    }

    private static void isAccessible(BrowserUser user, AxeBuilder axe) {
        assertThat(axe.setLegacyMode(true).analyze().getViolations())
                .extracting(rule -> Map.entry(rule.getId(), rule.getNodes().toString()))
                .as(user.page().url())
                .isEmpty();
    }
}
