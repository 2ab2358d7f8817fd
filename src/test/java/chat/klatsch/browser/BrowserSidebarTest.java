package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.Map;
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
        eventually(() -> alice.page().title().equals("(1) Settings · Klatsch"));
        assertThat(alice.page().locator("#r-lobby .count").textContent()).startsWith("1");
        ChatClient chatting = bob.chatsWith("alice");
        eventually(() -> alice.page().locator("#r-" + chatting.room()).count() == 1);
        assertThat(alice.page().locator("[name=about]").inputValue()).isEqualTo("half a sentence");

        alice.goes("mentions");
        assertThat(alice.page().locator(".new-mention").count()).isEqualTo(1);
        session.post("rooms/lobby/read", Map.of());
        eventually(() -> alice.page().locator(".new-mention").count() == 0);
        bob.posts("again, @alice");
        eventually(() -> alice.page().locator(".result").count() == 2);
        assertThat(alice.page().locator(".new-mention").count()).isEqualTo(1);
        session.post("rooms/lobby/read", Map.of());
        alice.goes("rooms");
        alice.page().locator("#new ~ form [name=name]").fill("half a name");
        ChatClient kitchen = bob.makes("Kitchen", "closed");
        bob.post(kitchen.at("members"), Map.of("username", "alice"));
        alice.page().locator("#invitation-list").getByText("Kitchen").first().waitFor();
        assertThat(alice.page().locator("#new ~ form [name=name]").inputValue()).isEqualTo("half a name");
        alice.goes("settings");
        alice.page().locator("[name=about]").fill("half a sentence");

        session.post("logout", Map.of());
        eventually(() -> alice.page().locator("#notice").textContent().startsWith("You are signed out."));
        alice.expectsErrors("status of 401");
        alice.page().waitForResponse("**/find?**", () -> alice.presses("Control+k"));
        alice.presses("Escape");
        assertThat(alice.page().locator("[name=about]").inputValue()).isEqualTo("half a sentence");
        session.signIn();
        alice.takesCookie(session);
        bob.posts("more news, @alice");
        eventually(() -> alice.page().title().equals("(1) Settings · Klatsch"));
        assertThat(alice.page().locator("#notice").textContent()).isEmpty();
    }

    @Test
    void every_page_of_the_chat_has_the_live_list_of_rooms_and_back_leads_to_the_room() {
        ChatClient session = chat.user("alice");
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(session);
        ChatClient bob = chat.user("bob");
        int unread = 0;
        for (String path : List.of(
                "admin/users",
                "admin/audit",
                "search?q=x",
                "mentions",
                "@bob",
                "people",
                "rooms",
                "rooms/lobby/about",
                "settings/account",
                "settings/sessions")) {
            alice.goes(path);
            String count = ++unread + " unread";
            bob.posts("message " + unread);
            eventually(() ->
                    alice.page().locator("#r-lobby .count").allTextContents().equals(List.of(count)));
        }
        alice.page().locator("#r-lobby a").click();
        alice.isLive();
        alice.page().locator(".sidebar .mentions-link").click();
        alice.page().goBack();
        alice.isLive();
        alice.sees("message " + unread);
    }

    @Test
    void a_phones_panels_close_by_back_escape_and_their_button() {
        BrowserUser alice = browsers.join(chat, "alice");
        alice.page().setViewportSize(PHONE, 844);
        ChatClient bob = chat.user("bob");
        Locator menu = alice.page().locator(".sidebar-button");
        assertThat(menu.innerText()).doesNotContain("unread");
        ChatClient chatting = bob.chatsWith("alice");
        chatting.posts("psst");
        eventually(() -> menu.innerText().contains("unread messages"));

        // On the details of the room that has the message, too.
        alice.goes(chatting.at("about"));
        assertThat(menu.innerText()).contains("unread messages");
        alice.goes("settings");
        alice.goes("rooms/lobby#people");
        alice.isLive();
        alice.page().locator("#people button.close-panel").click();
        alice.page().waitForURL("**/rooms/lobby#");
        alice.page().setViewportSize(1280, 844);
        alice.goes("settings");
        alice.goes("rooms/lobby#people");
        alice.isLive();
        alice.presses("Escape");
        assertThat(alice.page().locator("[href='#people']").isVisible()).isFalse();
        assertThat(alice.page().url()).endsWith("/rooms/lobby#people");
        alice.page().setViewportSize(PHONE, 844);
        alice.goes("rooms/lobby");
        alice.isLive();
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
