package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that typed text is there again after everything that takes its page away. */
class BrowserDraftTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    private ChatClient session;
    private ChatClient group;
    private BrowserUser alice;

    @BeforeEach
    void start() {
        session = new ChatClient(chat.url(), "alice").signUp();
        group = session.makes("Garden", "closed");
        alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(session);
    }

    @Test
    void text_is_there_again_after_each_way_to_leave_the_page_right_after_a_key() {
        session.posts("Hello @alice");
        alice.sees("Hello @alice");
        alice.types("one");
        alice.page().reload();
        hasTyped("one");

        alice.presses("Shift+Enter");
        alice.types("two");
        room(group).click();
        alice.page().waitForURL("**/" + group.room());
        assertThat(alice.composer().inputValue()).isEmpty();
        assertThat(mark("lobby").textContent()).contains("Draft");
        alice.page().goBack();
        hasTyped("one\ntwo");
        assertThat(mark("lobby").isVisible()).as("the open room has no mark").isFalse();

        alice.types(" 3");
        alice.page().locator("#messages .time").first().click();
        alice.page().waitForURL("**at=1*");
        hasTyped("one\ntwo 3");
        alice.types(" 4");
        alice.page().locator("#messages .body a").first().click();
        alice.page().waitForURL("**/@alice");
        alice.page().goBack();
        hasTyped("one\ntwo 3 4");

        BrowserUser phone = browsers.visitor(chat.url(), "alice").signIn();
        phone.page().waitForCondition(() -> phone.composer().inputValue().equals("one\ntwo 3 4"));
        phone.isIdle();
        phone.page().waitForResponse("**/draft", () -> {
            phone.composer().press("Control+A");
            phone.composer().press("Delete");
        });
        phone.page().reload();
        assertThat(phone.composer().inputValue()).isEmpty();
        alice.page().reload();
        assertThat(alice.composer().inputValue()).isEmpty();
    }

    @Test
    void text_that_is_erased_right_before_the_page_is_left_stays_erased() {
        alice.page().waitForResponse("**/draft", () -> alice.types("to clear"));
        alice.presses("Control+A");
        alice.presses("Delete");
        alice.page().reload();
        eventually(() ->
                mark("lobby").count() == 0 && alice.composer().inputValue().isEmpty());
    }

    @Test
    void a_save_that_arrives_after_the_next_page_has_been_loaded_changes_that_page() {
        alice.page().waitForResponse("**/draft", () -> alice.types("to clear"));
        alice.page().reload();
        hasTyped("to clear");
        // The save of the page before, which the server has received now.
        session.post(session.at("draft"), Map.of("key", shownKey(), "body", "cleared", "at", "9000000000000"));
        alice.page().waitForCondition(() -> alice.composer().inputValue().equals("cleared"));
        eventually(() -> (boolean) alice.composer().evaluate("field => field === document.activeElement"));
        alice.types(", not empty");
        alice.page().reload();
        hasTyped("cleared, not empty");
        session.post(session.at("draft"), Map.of("key", shownKey(), "body", ""));
        eventually(() ->
                mark("lobby").count() == 0 && alice.composer().inputValue().isEmpty());
    }

    @Test
    void a_draft_of_another_device_is_there_when_its_user_comes_back_to_a_page_in_which_nothing_is_typed() {
        // The page has been open for a while.
        alice.isLive();
        alice.page().evaluate("document.getElementById('opening')?.remove()");
        session.post(session.at("draft"), Map.of("key", "phone", "body", "from the phone"));
        eventually(() -> mark("lobby").count() == 1);
        alice.page().evaluate("window.dispatchEvent(new Event('focus'))");
        eventually(() -> alice.composer().inputValue().equals("from the phone"));
        alice.isIdle();
        alice.page().waitForResponse("**/draft", () -> alice.types(" and the desk"));
        session.post(session.at("draft"), Map.of("key", "phone", "body", "typed over"));
        alice.page()
                .waitForResponse("**/draft", () -> alice.page().evaluate("window.dispatchEvent(new Event('focus'))"));
        assertThat(alice.composer().inputValue()).isEqualTo("from the phone and the desk");
    }

    private String shownKey() {
        return alice.page()
                .locator("#composer [name=draft]")
                .getAttribute("value")
                .replaceFirst("@.*", "");
    }

    @Test
    void text_that_another_device_has_sent_does_not_come_back() {
        alice.page().waitForResponse("**/draft", () -> alice.types("from the desk"));
        BrowserUser phone = browsers.visitor(chat.url(), "alice").signIn();
        phone.page().waitForCondition(() -> phone.composer().inputValue().equals("from the desk"));
        phone.isIdle();
        phone.presses("Enter");
        alice.sees("from the desk");
        alice.page().reload();
        alice.isLive();
        assertThat(alice.composer().inputValue()).isEmpty();
        alice.types("from the desk");
        alice.page().reload();
        hasTyped("from the desk");
    }

    @Test
    void other_pages_show_the_mark_while_there_is_a_draft_and_no_tabs_text_changes() {
        BrowserUser other = alice.opensAnotherTab();
        room(other, group).click();
        other.page().waitForURL("**/" + group.room());
        BrowserUser same = alice.opensAnotherTab();
        same.page().waitForResponse("**/draft", () -> same.types("mine"));

        alice.page().waitForResponse("**/draft", () -> alice.types("later"));
        eventually(() -> mark(other, "lobby").isVisible());
        assertThat(same.composer().inputValue()).isEqualTo("mine");
        alice.presses("Enter");
        alice.sees("later");
        // The other tab still has its text, which it saves with the next key.
        eventually(() -> mark(other, "lobby").count() == 0);
        same.types("!");
        eventually(() -> mark(other, "lobby").isVisible());
        same.page().reload();
        hasTyped(same, "mine!");
        same.presses("Enter");
        same.sees("mine!");
        eventually(() -> mark(other, "lobby").count() == 0);
        alice.page().reload();
        assertThat(alice.composer().inputValue()).isEmpty();
    }

    @Test
    void a_save_that_arrives_after_its_message_does_not_bring_the_text_back() {
        List<Route> held = new ArrayList<>();
        alice.page().route("**/draft", held::add);
        alice.types("once");
        alice.page().waitForCondition(() -> !held.isEmpty());
        alice.presses("Enter");
        alice.sees("once");
        eventually(() -> alice.unsent().count() == 0);
        held.forEach(Route::resume);
        alice.isIdle();
        alice.page().unroute("**/draft");
        alice.page().reload();
        assertThat(alice.composer().inputValue()).isEmpty();
    }

    @Test
    void a_draft_that_is_refused_when_it_is_sent_stays_beside_the_next_text() {
        alice.expectsErrors("status of 422");
        String tooLong = "x".repeat(2_001);
        alice.page().waitForResponse("**/draft", () -> alice.composer().fill(tooLong));
        alice.page().reload();
        hasTyped(tooLong);
        alice.presses("Enter");
        alice.unsent().locator(".refusal").waitFor();
        alice.page().waitForResponse("**/draft", () -> alice.types("next"));
        alice.page().waitForResponse("**/draft", () -> {});
        alice.page().reload();
        hasTyped("next");
        assertThat(alice.unsent().locator("[name=body]").inputValue()).isEqualTo(tooLong);
    }

    @Test
    void typing_on_while_a_reply_loads_and_cancelling_it_keep_the_text() {
        session.posts("Tea or coffee?");
        alice.sees("Tea or coffee?");
        List<Route> held = new ArrayList<>();
        alice.page().route("**/reply*", held::add);
        alice.types("Te");
        menu("Tea or coffee?", "Reply");
        alice.page().waitForCondition(() -> !held.isEmpty());
        alice.composer().focus();
        alice.types("a");
        alice.page().unroute("**/reply*");
        held.forEach(Route::resume);
        alice.page().locator("#composer .replying").waitFor();
        alice.types(", ");
        assertThat(alice.composer().inputValue()).isEqualTo("Tea, ");
        alice.presses("p");
        alice.page().reload();
        hasTyped("Tea, p");
        assertThat(alice.page().locator("#composer .replying").textContent()).contains("Tea or coffee?");

        alice.page().locator("#composer [aria-label='Cancel reply']").click();
        eventually(() -> alice.page().locator("#composer .replying").count() == 0);
        alice.presses("l");
        assertThat(alice.composer().inputValue()).isEqualTo("Tea, pl");
        menu("Tea or coffee?", "Reply");
        alice.page().locator("#composer .replying").waitFor();
        alice.types("ease");
        alice.presses("Enter");
        alice.sees("Tea, please");
        assertThat(alice.page().locator(".quote").textContent()).contains("Tea or coffee?");
        assertThat(alice.page().locator("#composer .replying").count()).isZero();
    }

    /** Waits until the composer shows the draft with the caret at its end. */
    private void hasTyped(String text) {
        hasTyped(alice, text);
    }

    private static void hasTyped(BrowserUser user, String text) {
        user.page()
                .waitForCondition(() -> user.composer().inputValue().equals(text)
                        && user.composer()
                                .evaluate("field => field === document.activeElement && field.selectionStart")
                                .equals(text.length()));
    }

    private void menu(String message, String item) {
        alice.opensMenu(alice.message(message))
                .getByText(item, new Locator.GetByTextOptions().setExact(true))
                .click();
    }

    private Locator room(ChatClient room) {
        return room(alice, room);
    }

    private static Locator room(BrowserUser user, ChatClient room) {
        return user.page().locator("#r-" + room.room() + " a");
    }

    private Locator mark(String room) {
        return mark(alice, room);
    }

    private static Locator mark(BrowserUser user, String room) {
        return user.page().locator("#r-" + room + " .unsent");
    }
}
