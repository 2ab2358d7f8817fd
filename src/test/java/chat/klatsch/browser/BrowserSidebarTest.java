package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the list of rooms beside every page, and as a panel on phones. */
class BrowserSidebarTest {
    private static final int PHONE = 390;

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void a_page_without_a_room_shows_what_is_unread_at_once_and_that_the_user_is_signed_out() {
        ChatClient session = chat.user("alice");
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(session);
        ChatClient bob = chat.user("bob");
        alice.goes("settings");
        alice.page().locator("[name=about]").fill("half a sentence");
        bob.posts("news, @alice");
        eventually(() -> alice.page().title().equals("(1) Your profile · Klatsch"));
        assertThat(alice.page().locator("#r-lobby .count").textContent()).startsWith("1");
        ChatClient chatting = bob.chatsWith("alice");
        eventually(() -> alice.page().locator("#r-" + chatting.room()).count() == 1);
        assertThat(alice.page().locator("[name=about]").inputValue()).isEqualTo("half a sentence");

        session.post("logout", java.util.Map.of());
        eventually(() -> alice.page().locator("#notice").textContent().startsWith("You are signed out."));
        alice.expectsErrors("status of 401");
        alice.page().waitForResponse("**/find?**", () -> alice.presses("Control+k"));
        alice.presses("Escape");
        assertThat(alice.page().locator("[name=about]").inputValue()).isEqualTo("half a sentence");
        session.signIn();
        alice.takesCookie(session);
        bob.posts("more news, @alice");
        eventually(() -> alice.page().title().equals("(2) Your profile · Klatsch"));
        assertThat(alice.page().locator("#notice").textContent()).isEmpty();
    }

    @Test
    void a_phones_panels_close_by_back_escape_and_their_button() {
        BrowserUser alice = browsers.join(chat, "alice");
        alice.page().setViewportSize(PHONE, 844);
        ChatClient bob = chat.user("bob");
        Locator menu = alice.page().locator(".sidebar-button");
        assertThat(menu.innerText()).doesNotContain("unread");
        bob.chatsWith("alice").posts("psst");
        eventually(() -> menu.innerText().contains("unread messages"));

        String room = alice.page().url();
        for (String panel : new String[] {"rooms", "people"}) {
            Locator shown = alice.page().locator("#" + panel);
            for (String way : new String[] {"back", "escape", "button"}) {
                alice.page().locator("[href='#" + panel + "']").click();
                shown.waitFor();
                switch (way) {
                    case "back" -> alice.page().goBack();
                    case "escape" -> alice.presses("Escape");
                    default -> shown.locator("button.close-panel").click();
                }
                eventually(() -> !shown.isVisible());
                assertThat(alice.page().url()).isEqualTo(room);
            }
        }
        menu.click();
        alice.page().locator(".user-button").click();
        alice.presses("Escape");
        eventually(() -> !alice.page().locator("#user-menu").isVisible());
        assertThat(alice.page().locator("#rooms").isVisible())
                .as("Escape closes one thing at a time")
                .isTrue();
        alice.page().goBack();
        alice.composer().fill("still live");
        alice.presses("Control+Enter");
        alice.sees("still live");
    }

    @Test
    void the_composer_stays_on_a_small_screen() {
        BrowserUser alice = browsers.join(chat, "alice");
        // What is left of the screen above a keyboard.
        alice.page().setViewportSize(PHONE, 380);
        alice.expectsErrors("Failed to load resource|htmx|ERR_");
        alice.page().context().setOffline(true);
        for (int message = 0; message < 6; message++) {
            alice.composer().fill("unsent " + message + "\n".repeat(9) + "end");
            alice.sendButton().click();
        }
        eventually(() -> alice.unsent().count() >= 6);
        staysOnScreen(alice);
        alice.composer().fill("a long draft ".repeat(150));
        staysOnScreen(alice);
        alice.page().locator(".sidebar-button").click();
        alice.page().goBack();
        staysOnScreen(alice);
        assertThat(alice.composer().inputValue()).startsWith("a long draft");
    }

    private static void staysOnScreen(BrowserUser user) {
        BoundingBox button = user.page().locator("#composer .send").boundingBox();
        BoundingBox field = user.composer().boundingBox();
        int height = user.page().viewportSize().height;
        assertThat(button.y + button.height).isLessThanOrEqualTo(height);
        assertThat(button.x + button.width).isLessThanOrEqualTo(PHONE);
        assertThat(field.y + field.height).isLessThanOrEqualTo(height);
        assertThat(field.height).isGreaterThan(30);
    }
}
