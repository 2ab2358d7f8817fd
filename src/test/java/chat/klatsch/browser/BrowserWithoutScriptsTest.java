package chat.klatsch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.Map;
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

        alice.types("Yes,");
        alice.presses("Enter");
        alice.types("me");
        alice.sendButton().click();
        alice.sees("Yes,\nme");
        assertThat(alice.page().url()).endsWith("/rooms/lobby");
        assertThat(alice.bodies()).containsExactly("Anybody here?", "Yes,\nme");
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
        alice.sendButton().click();
        alice.page().getByText("of 2,000 characters").waitFor();
        assertThat(alice.unsent().locator("[name=body]").inputValue()).isEqualTo("x".repeat(2_001));

        alice.unsent().locator("[name=body]").fill("never mind");
        alice.clicks("Discard");
        alice.page().waitForURL("**/rooms/lobby");
        assertThat(alice.composer().inputValue()).isEmpty();
        alice.composer().fill("x".repeat(2_001));
        alice.sendButton().click();
        alice.unsent().locator("[name=body]").fill("shorter");
        alice.sendsAgain();
        alice.sees("shorter");
        assertThat(alice.bodies()).containsExactly("shorter");
    }

    @Test
    void a_draft_is_shown_and_a_user_who_is_signed_out_takes_the_text_along() {
        ChatClient session = chat.user("alice");
        BrowserUser alice =
                browsers.visitor(chat.url(), "alice", new Browser.NewContextOptions().setJavaScriptEnabled(false));
        alice.expectsErrors("status of (401|422)");
        session.post(session.at("draft"), Map.of("key", "phone.1", "body", "begun on the phone"));
        alice.context()
                .addCookies(
                        List.of(new Cookie("klatsch", session.cookie("klatsch").orElseThrow()).setUrl(chat.url())));
        alice.goes("rooms/lobby");
        assertThat(alice.composer().inputValue()).isEqualTo("begun on the phone");

        alice.composer().fill("begun and finished");
        session.post("logout", Map.of());
        alice.sendButton().click();
        alice.clicks("Sign in");
        alice.fillsIn("login");
        alice.page().waitForURL("**/rooms/lobby");
        assertThat(alice.composer().inputValue()).isEqualTo("begun and finished");
        alice.composer().fill("x".repeat(2_001));
        alice.sendButton().click();
        alice.unsent().locator("[name=body]").fill("finished");
        alice.sendsAgain();
        alice.sees("finished");
        assertThat(alice.composer().inputValue()).isEmpty();

        session.signIn().post(session.at("draft"), Map.of("key", "phone.2", "body", "begun again"));
        alice.goes("rooms/lobby");
        alice.composer().fill("x".repeat(2_001));
        alice.sendButton().click();
        alice.clicks("Discard");
        alice.page().waitForURL("**/rooms/lobby");
        assertThat(alice.composer().inputValue()).isEmpty();
    }

    @Test
    void unsent_messages_and_open_edits_are_shown_and_can_be_sent_saved_and_discarded() {
        ChatClient session = chat.user("alice");
        session.posts("teh first");
        session.posts("the second");
        String series = "AAAAAAAAAAAAAAAAAAAAAA.";
        session.post(session.at("draft"), Map.of("key", series + 1, "body", "one", "unsent", "true"));
        session.post(session.at("draft"), Map.of("key", series + 2, "body", "two", "unsent", "true"));
        session.post(session.at("draft"), Map.of("edit", "first", "seq", "1", "body", "the first"));
        session.post(session.at("draft"), Map.of("edit", "second", "seq", "2", "body", "changed"));
        BrowserUser alice =
                browsers.visitor(chat.url(), "alice", new Browser.NewContextOptions().setJavaScriptEnabled(false));
        alice.context()
                .addCookies(
                        List.of(new Cookie("klatsch", session.cookie("klatsch").orElseThrow()).setUrl(chat.url())));
        alice.goes("rooms/lobby");
        assertThat(alice.unsent().count()).isEqualTo(2);
        alice.sendsAgain();
        alice.sees("one");
        alice.unsent().locator("button[name=discard]").click();
        assertThat(alice.unsent().count()).isZero();

        alice.page().locator("#edit-2 [name=discard]").click();
        assertThat(alice.page().locator("#edit-2").count()).isZero();
        alice.page().locator("#edit-1 .primary").click();
        alice.sees("the first");
        alice.goes("rooms/lobby");
        assertThat(alice.bodies()).containsExactly("the first", "the second", "one");
        assertThat(alice.page()
                        .locator(".edit, .composer.pending, #r-lobby .unsent")
                        .count())
                .isZero();
    }
}
