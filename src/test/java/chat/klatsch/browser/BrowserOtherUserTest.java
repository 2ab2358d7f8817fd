package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.ConsoleErrors;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.Cookie;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signs another user in, in another tab, while a page with a half-written message is open. */
class BrowserOtherUserTest {
    private static final String REFUSED = "status of 409";

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void nothing_is_sent_in_another_users_name_and_the_text_can_be_sent_later() {
        chat.user("bob").makes("Bob's cellar", "closed");
        ChatClient carol = chat.join("carol");
        BrowserUser alice = browsers.join(chat, "alice");
        alice.expectsErrors(REFUSED + "|status of 401");
        alice.types("half a message");
        BrowserUser tab = alice.opensAnotherTab();
        signIn(tab, "bob");

        alice.presses("Enter");
        Locator unsent = alice.unsent();
        unsent.locator(".refusal").waitFor();
        assertThat(unsent.locator(".refusal").textContent()).isEqualTo("You are now signed in as @bob.");
        assertThat(unsent.locator("[name=body]").inputValue()).isEqualTo("half a message");
        Locator notice = alice.page().locator("#notice");
        assertThat(notice.textContent()).contains("signed in as @bob", "Reload this page");
        assertThat(alice.page().content()).doesNotContain("Bob's cellar");
        assertThat(alice.page().locator("#live").count()).isZero();

        signIn(tab, "alice");
        alice.sendsAgain();
        carol.sees("half a message");
        assertThat(carol.seen()).extracting(ChatClient.Seen::author).containsOnly("alice");

        alice.page().locator("#notice a").click();
        alice.isLive();
        alice.seesExactly(List.of("half a message"));
    }

    @Test
    void a_page_of_another_user_is_left_with_its_text_which_does_not_become_theirs() {
        chat.user("bob");
        BrowserUser alice = browsers.join(chat, "alice");
        alice.expectsErrors(REFUSED + "|status of 401");
        alice.types("half a message");
        BrowserUser tab = alice.opensAnotherTab();
        signIn(tab, "bob");
        alice.presses("Enter");
        alice.unsent().locator(".refusal").waitFor();
        alice.types("and one more");
        alice.page().locator("#notice a").click();
        Locator kept = alice.page().locator("[name=text]");
        kept.waitFor();
        assertThat(kept.inputValue()).isEqualTo("half a message\n\nand one more");
        assertThat(alice.page().locator(".refusal").textContent()).contains("@bob", "@alice");
        alice.clicks("Continue");
        eventually(() -> alice.members().contains("bob"));
        assertThat(alice.composer().inputValue()).isEmpty();
    }

    @Test
    void a_page_that_reconnects_under_another_user_gives_up_and_says_why() {
        ChatClient carol = chat.join("carol");
        ChatClient bob = chat.user("bob");
        BrowserUser alice = browsers.join(chat, "alice");
        alice.expectsErrors(REFUSED + "|response code: 409|" + ConsoleErrors.NETWORK);
        AtomicInteger sockets = new AtomicInteger();
        alice.page().onWebSocket(socket -> sockets.incrementAndGet());
        chat.stop();
        alice.context()
                .addCookies(List.of(new Cookie("klatsch", bob.cookie("klatsch").orElseThrow()).setUrl(chat.url())));
        chat.startAgain();
        carol.connect();

        Locator notice = alice.page().locator("#notice");
        eventually(Duration.ofSeconds(30), () -> notice.textContent().contains("signed in as @bob"));
        assertThat(alice.page().locator("#live").count()).isZero();
        assertThat(alice.page().locator(".lost").count()).isZero();
        int attempts = sockets.get();
        assertThat(attempts).isLessThan(10);
        assertThat(carol.online()).as("bob is not shown as present").isEqualTo(1);
        notice.locator("a").click();
        eventually(() -> alice.members().contains("bob"));
        assertThat(sockets.get()).as("only the new page connects").isEqualTo(attempts + 1);
    }

    /** Signs out if somebody is signed in, and signs this user in. */
    private void signIn(BrowserUser tab, String username) {
        tab.signsOut();
        tab.page().locator("[name=login]").fill(username);
        tab.page().locator("[name=password]").fill(ChatClient.PASSWORD);
        tab.page().locator("main button").click();
        eventually(() -> tab.members().contains(username));
    }
}
