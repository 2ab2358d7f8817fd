package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Double-clicks where one click is enough. */
class BrowserPressedTwiceTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void a_double_click_signs_up_and_creates_a_room_once() {
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.goes("signup");
        alice.page().locator("[name=username]").fill("alice");
        alice.page().locator("[name=password]").fill(ChatClient.PASSWORD);
        alice.page().locator("main button").dblclick();
        alice.page().waitForURL("**/welcome");
        alice.goes("rooms");
        alice.page().locator("main [name=name]").fill("Kitchen");
        alice.page().getByText("Create room").dblclick();
        alice.page().waitForURL("**/rooms/*");
        alice.isLive();
        assertThat(alice.page().locator("h1").innerText()).isEqualTo("Kitchen");
        assertThat(alice.page().locator("#room-list").getByText("Kitchen").count())
                .isEqualTo(1);
    }

    @Test
    void a_double_click_on_a_reaction_sets_it_and_later_one_click_removes_it() {
        ChatClient bob = chat.user("bob");
        long seq = bob.posts("Cake in the kitchen");
        bob.post("rooms/lobby/messages/" + seq + "/reactions", java.util.Map.of("emoji", "love"));
        BrowserUser alice = browsers.join(chat, "alice");
        Locator love = alice.page().locator(".reaction[value=love]");
        love.dblclick();
        eventually(() -> love.innerText().contains("2"));
        alice.isIdle();
        assertThat(by(bob)).containsExactly("bob alice");
        assertThat(alice.page().evaluate("document.activeElement.value")).isEqualTo("love");

        love.dblclick();
        eventually(() -> love.innerText().contains("1"));
        alice.isIdle();
        assertThat(by(bob)).containsExactly("bob");
        assertThat(alice.page().evaluate("document.activeElement.value")).isEqualTo("love");
    }

    @Test
    void reactions_are_set_and_removed_without_scripts() {
        ChatClient bob = chat.user("bob");
        long seq = bob.posts("Cake in the kitchen");
        bob.post("rooms/lobby/messages/" + seq + "/reactions", java.util.Map.of("emoji", "love"));
        BrowserUser alice =
                browsers.visitor(chat.url(), "alice", new Browser.NewContextOptions().setJavaScriptEnabled(false));
        alice.goes("signup");
        alice.fillsIn("username");
        alice.goes("rooms/lobby");
        alice.page().locator(".reaction[value=love]").click();
        assertThat(by(bob)).containsExactly("bob alice");
        alice.page().locator(".reaction[value=love]").click();
        assertThat(by(bob)).containsExactly("bob");
        alice.page().locator(".linked-message button[value=cheer]").click();
        assertThat(by(bob)).containsExactly("bob", "alice");
        alice.page().locator(".linked-message button[value=cheer]").click();
        assertThat(by(bob)).containsExactly("bob");
    }

    private static List<String> by(ChatClient reader) {
        return reader.page("rooms/lobby").select(".reaction").eachAttr("data-by");
    }
}
