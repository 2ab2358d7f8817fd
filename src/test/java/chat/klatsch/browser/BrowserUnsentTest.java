package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.ConsoleErrors;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that typed text survives everything that can keep it from being sent. */
class BrowserUnsentTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    private BrowserUser alice;

    @BeforeEach
    void start() {
        alice = browsers.join(chat, "alice");
    }

    @Test
    void a_message_sent_offline_stays_and_is_sent_when_the_browser_is_online_again() {
        alice.expectsErrors(ConsoleErrors.NETWORK);
        alice.context().setOffline(true);
        String key = alice.page().locator("#composer [name=key]").inputValue();
        alice.says("from the tunnel");
        eventually(() -> alice.unsent().count() == 1);
        assertThat(alice.unsent().locator("[name=body]").inputValue()).isEqualTo("from the tunnel");
        assertThat(alice.unsent().locator("[name=key]").inputValue()).isEqualTo(key);
        assertThat(alice.bodies()).isEmpty();

        alice.context().setOffline(false);
        alice.seesExactly(List.of("from the tunnel"));
        eventually(() -> alice.unsent().count() == 0);
    }

    @Test
    void messages_sent_to_a_stopped_server_stay_and_are_sent_in_order_after_its_restart() {
        alice.expectsErrors(ConsoleErrors.NETWORK + "|status of 422");
        alice.composer().fill("x".repeat(2_001));
        alice.presses("Enter");
        alice.unsent().locator(".refusal").waitFor();
        alice.says("before");
        alice.sees("before");
        chat.stop();
        alice.says("first");
        alice.says("second");
        eventually(() -> alice.unsent().count() == 3);
        assertThat(unsentTexts()).containsExactly("x".repeat(2_001), "first", "second");
        alice.seesAnEmptyComposerInFocus();

        chat.startAgain();
        alice.seesExactly(List.of("before", "first", "second"));
        // A text that was refused would be refused again.
        eventually(() -> alice.unsent().count() == 1);
        assertThat(alice.unsent().locator(".refusal").count()).isEqualTo(1);
        alice.says("after");
        alice.seesExactly(List.of("before", "first", "second", "after"));
    }

    @Test
    void all_unsent_messages_are_there_again_in_order_until_they_are_sent_or_discarded() {
        alice.expectsErrors(ConsoleErrors.NETWORK);
        alice.page().route("**/messages", Route::abort);
        List<String> texts = List.of("first", "second\nline", "third", "fourth");
        for (String text : texts) {
            alice.composer().fill(text);
            alice.presses("Enter");
        }
        alice.types("not sent at all");
        eventually(() -> alice.unsent().count() == 4);
        List<String> keys = alice.unsent().locator("[name=key]").all().stream()
                .map(Locator::inputValue)
                .toList();
        // A browser that holds requests back for a test drops them when it leaves the page.
        alice.page().unroute("**/messages");
        alice.page().reload();
        eventually(() -> unsentTexts().equals(texts));
        eventually(() -> alice.composer().inputValue().equals("not sent at all"));
        assertThat(alice.unsent().locator("[name=key]").all().stream().map(Locator::inputValue))
                .isEqualTo(keys);

        Locator second = alice.unsent().nth(1).locator("[name=body]");
        alice.page().waitForResponse("**/draft", () -> second.fill("second, changed"));
        alice.page().waitForResponse("**/draft", () -> discards(alice.unsent().nth(2)));
        alice.page().reload();
        eventually(() -> unsentTexts().equals(List.of("first", "second, changed", "fourth")));
        alice.sendsAgain();
        alice.seesExactly(List.of("first"));
        eventually(() -> alice.unsent().count() == 2);
        alice.isIdle();
        alice.sendsAgain();
        eventually(() -> alice.unsent().count() == 1);
        alice.isIdle();
        alice.sendsAgain();
        alice.seesExactly(List.of("first", "second, changed", "fourth"));
        eventually(() -> alice.unsent().count() == 0);
        alice.page().reload();
        eventually(() -> alice.composer().inputValue().equals("not sent at all"));
        assertThat(alice.unsent().count()).isZero();
    }

    @Test
    void a_message_that_was_stored_before_the_page_was_left_is_not_shown_as_unsent() {
        alice.expectsErrors(ConsoleErrors.NETWORK);
        alice.page().route("**/messages", route -> {
            route.fetch();
            route.abort();
        });
        alice.says("arrived");
        alice.sees("arrived");
        eventually(() -> alice.unsent().count() == 1);
        alice.page().unroute("**/messages");
        alice.page().reload();
        alice.isLive();
        alice.says("next");
        alice.seesExactly(List.of("arrived", "next"));
        assertThat(alice.unsent().count()).isZero();
    }

    private List<String> unsentTexts() {
        return alice.unsent().locator("[name=body]").all().stream()
                .map(Locator::inputValue)
                .toList();
    }

    private static void discards(Locator unsent) {
        unsent.locator(".discard summary").click();
        unsent.locator(".discard input").click();
    }

    @Test
    void an_unsent_message_can_be_discarded() {
        alice.expectsErrors("status of 422");
        alice.composer().fill("x".repeat(2_001));
        alice.presses("Enter");
        alice.unsent().locator(".discard summary").click();
        assertThat(alice.unsent().count()).isEqualTo(1);
        alice.unsent().locator(".discard summary").click();
        discards(alice.unsent());
        eventually(() -> alice.unsent().count() == 0);
        alice.composer().click();
        alice.says("something shorter");
        alice.seesExactly(List.of("something shorter"));
    }

    @Test
    void a_message_whose_response_was_lost_is_not_duplicated() {
        alice.expectsErrors(ConsoleErrors.NETWORK);
        alice.page().route("**/messages", route -> {
            route.fetch();
            route.abort();
        });
        alice.says("did you get this?");
        alice.sees("did you get this?");
        eventually(() -> alice.unsent().count() == 1);
        alice.page().unroute("**/messages");

        alice.isIdle();
        alice.sendsAgain();
        eventually(() -> alice.unsent().count() == 0);
        alice.says("then");
        alice.seesExactly(List.of("did you get this?", "then"));
    }

    @Test
    void an_overlong_text_is_kept_with_the_reason_and_can_be_shortened() {
        alice.expectsErrors("status of 422");
        String text = "x".repeat(2_001);
        alice.composer().fill(text);
        alice.presses("Enter");
        Locator refusal = alice.unsent().getByRole(AriaRole.ALERT);
        refusal.waitFor();
        assertThat(refusal.textContent()).contains("2,001 of 2,000");
        assertThat(alice.unsent().locator("[name=body]").inputValue()).isEqualTo(text);
        assertThat(alice.composer().inputValue()).isEmpty();

        alice.unsent().locator("[name=body]").fill("x".repeat(2_000));
        alice.sendsAgain();
        alice.sees("x".repeat(2_000));
        eventually(() -> alice.unsent().count() == 0);
    }

    @Test
    void a_blank_text_is_not_sent() {
        alice.presses("Enter");
        assertThat((boolean) alice.composer().evaluate("field => field.validity.valueMissing"))
                .isTrue();
        alice.says("   ");
        alice.seesAnEmptyComposerInFocus();
        alice.says("something");
        alice.seesExactly(List.of("something"));
        eventually(() -> alice.unsent().count() == 0);
    }
}
