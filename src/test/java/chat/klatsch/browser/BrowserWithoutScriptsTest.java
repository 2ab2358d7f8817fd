package chat.klatsch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserWithoutScriptsTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void a_user_can_sign_up_read_and_write() {
        ChatClient bob = chat.user("bob");
        bob.posts("Anybody here?");
        BrowserUser alice =
                browsers.visitor(chat.url(), "alice", new Browser.NewContextOptions().setJavaScriptEnabled(false));
        alice.goes("signup");
        alice.fillsIn("username");
        alice.clicks("Skip for now");
        alice.page().waitForURL("**/rooms/lobby");
        assertThat(alice.bodies()).containsExactly("Anybody here?");

        alice.says("Yes, me");
        alice.sees("Yes, me");
        assertThat(alice.page().url()).endsWith("/rooms/lobby");
        assertThat(alice.bodies()).containsExactly("Anybody here?", "Yes, me");
        assertThat(alice.composer().inputValue()).isEmpty();
    }

    @Test
    void a_refused_message_returns_to_the_form_and_can_be_corrected() {
        BrowserUser alice =
                browsers.visitor(chat.url(), "alice", new Browser.NewContextOptions().setJavaScriptEnabled(false));
        alice.expectsErrors("status of 422");
        alice.goes("signup");
        alice.fillsIn("username");
        alice.clicks("Skip for now");
        alice.page().waitForURL("**/rooms/lobby");

        alice.composer().fill("x".repeat(2_001));
        alice.presses("Enter");
        alice.page().getByText("A message may have up to 2000 characters").waitFor();
        assertThat(alice.unsent().locator("[name=body]").inputValue()).isEqualTo("x".repeat(2_001));

        alice.unsent().locator("[name=body]").fill("shorter");
        alice.presses("Enter");
        alice.sees("shorter");
        assertThat(alice.bodies()).containsExactly("shorter");
    }
}
