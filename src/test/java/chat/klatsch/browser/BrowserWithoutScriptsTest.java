package chat.klatsch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import com.microsoft.playwright.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BrowserWithoutScriptsTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @TempDir
    Path directory;

    @Test
    void one_can_sign_up_read_and_write() {
        try (ChatServer chat = ChatServer.start(config -> config.port(0).dataDirectory(directory))) {
            ChatClient bob = new ChatClient(chat.url(), "bob").signUp();
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
    }

    @Test
    void a_refused_message_is_given_back_and_can_be_mended() {
        try (ChatServer chat = ChatServer.start(config -> config.port(0).dataDirectory(directory))) {
            BrowserUser alice =
                    browsers.visitor(chat.url(), "alice", new Browser.NewContextOptions().setJavaScriptEnabled(false));
            alice.expectsComplaints("status of 422");
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
}
