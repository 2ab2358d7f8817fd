package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserKeyboardTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void two_tab_stops_lead_from_the_room_list_to_the_composer_and_arrow_keys_to_each_message() {
        ChatClient bob = chat.user("bob");
        for (int i = 1; i <= 9; i++) {
            bob.posts("message " + i);
        }
        bob.posts("@bob https://example.org\n" + "long\n".repeat(90));
        bob.post("rooms/lobby/messages/10/reactions", Map.of("emoji", "joy"));
        BrowserUser alice = browsers.join(chat, "alice");
        alice.composer().focus();
        alice.presses("Shift+Tab");
        assertThat(focused(alice)).isEqualTo("scroller");
        alice.presses("Shift+Tab");
        assertThat((boolean) alice.page().evaluate("document.activeElement.closest('#rooms') !== null"))
                .isTrue();

        alice.page().locator("#scroller").focus();
        alice.presses("ArrowUp");
        assertThat(focused(alice)).isEqualTo("m-10");
        alice.presses("ArrowUp");
        assertThat(focused(alice)).isEqualTo("m-9");
        alice.presses("ArrowDown");
        assertThat(focused(alice)).isEqualTo("m-10");
        alice.presses("ArrowDown");
        assertThat(focused(alice)).isEqualTo("m-10");
        Locator actions = alice.page().locator("#m-10 .message-actions");
        List<String> reached = new ArrayList<>();
        for (int keys = 0; !isFocused(actions); keys++) {
            alice.presses("ArrowRight");
            reached.add((String)
                    alice.page().evaluate("document.activeElement.tagName + document.activeElement.className"));
            assertThat(keys).isLessThan(12);
        }
        assertThat(reached).contains("Amention", "A", "INPUT", "Atime", "BUTTONanswer");
        alice.presses("Enter");
        eventually(() -> alice.page().locator("#menu").isVisible());
        alice.presses("Escape");
        assertThat(isFocused(actions)).isTrue();
        bob.posts("```\ncode\n```");
        alice.page().locator("#m-11").waitFor();
        alice.presses("ArrowDown");
        assertThat(focused(alice)).isEqualTo("m-11");
        alice.presses("ArrowRight");
        assertThat(isFocused(alice.page().locator("#m-11 pre"))).isTrue();
        alice.composer().focus();
        alice.says("typed");
        alice.sees("typed");
    }

    @Test
    void the_icon_of_the_page_shows_unread_messages() {
        BrowserUser alice = browsers.join(chat, "alice");
        ChatClient bob = chat.user("bob").in("lobby");
        ChatClient room = chat.user("bob").makes("Kitchen", "open");
        alice.goes("rooms/" + room.room());
        alice.clicks("Join");
        alice.isLive();
        Locator icon = alice.page().locator("link[rel=icon]");
        assertThat(icon.getAttribute("href")).doesNotContain("unread");
        bob.posts("elsewhere");
        eventually(() -> icon.getAttribute("href").contains("unread"));
        alice.goes("rooms/lobby");
        eventually(() -> !icon.getAttribute("href").contains("unread"));
        assertThat(icon.count()).isEqualTo(1);
    }

    private static boolean isFocused(Locator element) {
        return (boolean) element.evaluate("element => element === document.activeElement");
    }

    private static String focused(BrowserUser user) {
        return (String) user.page().evaluate("document.activeElement.id");
    }
}
