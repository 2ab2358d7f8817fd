package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that users whose session ends while they write keep their text. */
class BrowserSignedOutTest {
    private static final String SIGNED_OUT = "You are signed out. Sign in to send.";

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    private ChatClient operator;
    private ChatClient session;
    private BrowserUser alice;

    @BeforeEach
    void start() {
        operator = new ChatClient(chat.url(), "olga").signUp();
        session = new ChatClient(chat.url(), "alice").signUp();
        alice = browsers.visitor(chat.url(), "alice");
        alice.expectsErrors("status of (401|403)");
        ChatClient group = session.makes("Garden", "closed");
        alice.takesOver(session);
        alice.page().locator("#r-" + group.room() + " a").click();
        alice.page().waitForURL("**/" + group.room());
        alice.isLive();
    }

    @Test
    void text_stays_on_the_page_and_is_in_the_composer_after_signing_in_again() {
        String room = alice.page().url();
        alice.types("saved");
        session.post("logout", Map.of());
        Locator notice = alice.page().locator("#notice");
        eventually(() -> notice.textContent().strip().equals(SIGNED_OUT));
        alice.types(" and typed later");
        alice.presses("Enter");
        alice.unsent().locator(".refusal").waitFor();
        assertThat(alice.unsent().locator(".refusal").innerText()).isEqualTo(SIGNED_OUT);
        alice.types("one more");
        alice.isIdle();
        assertThat(alice.page().url()).isEqualTo(room);
        assertThat(alice.unsent().locator("[name=body]").inputValue()).isEqualTo("saved and typed later");

        alice.unsent().locator("a[href^='/login?next=']").click();
        Locator kept = alice.page().locator("[name=text]");
        kept.waitFor();
        assertThat(kept.inputValue()).isEqualTo("saved and typed later\n\none more");
        alice.page().locator("[name=login]").fill("alice");
        alice.page().locator("[name=password]").fill("wrong password");
        alice.page().locator("main button").click();
        alice.page().locator(".refusal").waitFor();
        alice.fillsIn("login");
        alice.isLive();
        assertThat(alice.page().url()).isEqualTo(room);
        assertThat(alice.composer().inputValue()).isEqualTo("saved and typed later\n\none more");
        alice.presses("Enter");
        eventually(() -> alice.bodies().size() == 1);
    }

    @Test
    void signing_in_elsewhere_is_enough_and_another_user_does_not_get_the_text() {
        alice.types("mine alone");
        session.post("logout", Map.of());
        Locator link = alice.page().locator("#notice a[href^='/login?next=']");
        link.waitFor();
        Page tab = alice.context().newPage();
        tab.navigate("login");
        tab.locator("[name=login]").fill("alice");
        tab.locator("[name=password]").fill(ChatClient.PASSWORD);
        tab.locator("main button").click();
        link.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        alice.page().locator(".lost").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        alice.says(", indeed");
        alice.sees("mine alone, indeed");

        alice.types("mine alone");
        tab.locator(".user-button").click();
        tab.getByText("Sign out", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        link.click();
        alice.page().locator("[name=text]").waitFor();
        alice.page().locator("[name=login]").fill("olga");
        alice.page().locator("[name=password]").fill(ChatClient.PASSWORD);
        alice.page().locator("main button").click();
        assertThat(alice.page().locator(".refusal").textContent())
                .contains("@olga")
                .contains("@alice");
        assertThat(alice.page().locator("[name=text]").inputValue()).isEqualTo("mine alone");
        alice.page().navigate("rooms/lobby");
        assertThat(alice.composer().inputValue()).isEmpty();
    }

    @Test
    void a_page_goes_on_after_signing_in_again_in_another_tab() {
        String room = alice.page().url().replaceFirst(".*/", "");
        alice.types("half a ");
        // A tab with the form that was opened before the first one signed in.
        alice.context()
                .request()
                .post(
                        chat.url() + "login",
                        RequestOptions.create()
                                .setForm(FormData.create().set("login", "alice").set("password", ChatClient.PASSWORD)));
        assertThat(session.postStatus("settings", Map.of())).isEqualTo(401);
        session.signIn().in(room).posts("still there?");
        alice.sees("still there?");
        alice.says("message");
        alice.sees("half a message");
        assertThat(alice.page().locator("#notice").textContent()).isBlank();
    }

    @Test
    void a_banned_user_keeps_the_text_and_every_request_leaves_the_page_where_it_is() {
        String room = alice.page().url();
        alice.says("before");
        alice.sees("before");
        alice.types("unfinished");
        operator.post("admin/users/ban", Map.of("username", "alice"));
        eventually(() -> alice.page().locator("#notice").textContent().strip().equals(SIGNED_OUT));
        alice.message("before").hover();
        alice.message("before").locator(".message-actions").click();
        alice.isIdle();
        alice.presses("Escape");
        assertThat(alice.page().url()).isEqualTo(room);
        assertThat(alice.composer().inputValue()).isEqualTo("unfinished");
        alice.page().locator("#notice a").click();
        alice.page().locator("[name=text]").waitFor();
        alice.fillsIn("login");
        alice.page().locator(".refusal").waitFor();
        assertThat(alice.page().locator("[name=text]").inputValue()).isEqualTo("unfinished");
    }
}
