package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserComposerTest {
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
    void the_composer_clears_and_keeps_the_focus() {
        alice.says("one");
        alice.sees("one");
        alice.seesAnEmptyComposerInFocus();

        alice.types("two");
        alice.sendButton().click();
        alice.sees("two");
        alice.seesAnEmptyComposerInFocus();
        assertThat(alice.unsent().count()).isZero();
    }

    @Test
    void a_second_enter_sends_nothing_more() {
        alice.types("once");
        alice.presses("Enter");
        alice.presses("Enter");
        alice.sees("once");
        alice.seesAnEmptyComposerInFocus();
        alice.says("then");
        alice.seesExactly(List.of("once", "then"));
    }

    @Test
    void a_double_click_on_send_sends_once() {
        alice.types("once");
        alice.sendButton().dblclick();
        alice.sees("once");
        alice.seesAnEmptyComposerInFocus();
        alice.says("then");
        alice.seesExactly(List.of("once", "then"));
    }

    @Test
    void the_same_text_sent_twice_on_purpose_is_two_messages() {
        alice.says("ok");
        alice.sees("ok");
        alice.seesAnEmptyComposerInFocus();
        alice.says("ok");
        alice.seesExactly(List.of("ok", "ok"));
    }

    @Test
    void messages_sent_in_quick_succession_all_arrive_once() {
        List<String> words = List.of("one", "two", "three", "four", "five", "six");
        for (String word : words) {
            alice.says(word);
            alice.seesAnEmptyComposerInFocus();
        }
        eventually(() -> alice.bodies().size() >= words.size());
        assertThat(alice.bodies()).containsExactlyInAnyOrderElementsOf(words);
        eventually(() -> alice.unsent().count() == 0);
    }

    @Test
    void text_typed_while_a_message_is_being_sent_is_kept() {
        List<Route> held = new ArrayList<>();
        alice.page().route("**/messages", held::add);
        Locator key = alice.page().locator("#composer [name=key]");
        String firstKey = key.inputValue();
        alice.says("first");
        alice.page().waitForCondition(() -> !held.isEmpty() && alice.unsent().count() == 1);
        assertThat(alice.unsent().locator("[name=body]").inputValue()).isEqualTo("first");
        assertThat(alice.unsent().locator(".draft").getAttribute("class")).contains("htmx-request");

        alice.types("sec");
        alice.page().unroute("**/messages");
        held.forEach(Route::resume);
        alice.sees("first");
        eventually(() -> alice.unsent().count() == 0);
        alice.types("ond");
        assertThat(alice.composer().inputValue()).isEqualTo("second");
        assertThat(key.inputValue()).isNotEqualTo(firstKey);

        alice.presses("Enter");
        alice.seesExactly(List.of("first", "second"));
    }

    @Test
    void two_clicks_on_a_slow_network_send_one_message() {
        List<Route> held = new ArrayList<>();
        alice.page().route("**/messages", held::add);
        alice.page().route("**/composer/*", held::add);
        alice.types("slow");
        alice.presses("Enter");
        alice.presses("Enter");
        alice.page().waitForCondition(() -> held.size() >= 2);
        alice.page().unroute("**/messages");
        alice.page().unroute("**/composer/*");
        held.forEach(Route::resume);
        alice.sees("slow");
        eventually(() -> alice.unsent().count() == 0);
        alice.says("then");
        alice.seesExactly(List.of("slow", "then"));
    }

    @Test
    void the_multi_line_field_does_not_send_on_enter() {
        alice.expectsErrors("status of 422");
        Locator lines = alice.page().locator("#composer [name=lines]");
        assertThat(lines.isVisible()).isFalse();
        alice.types("first");
        alice.page().locator("#composer .multiline").click();
        lines.click();
        lines.pressSequentially("  second");
        alice.presses("Enter");
        lines.pressSequentially("third");
        alice.sendButton().click();
        alice.seesExactly(List.of("first\n  second\nthird"));
        alice.seesAnEmptyComposerInFocus();
        assertThat(lines.isVisible()).isFalse();
        eventually(() -> alice.unsent().count() == 0);

        // A refused message comes back with its line breaks.
        alice.types("fourth");
        alice.page().locator("#composer .multiline").click();
        lines.fill("\n" + "x".repeat(2_000) + "\nfifth");
        alice.sendButton().click();
        alice.unsent().locator(".refusal").waitFor();
        Locator unsent = alice.unsent().locator("[name=lines]");
        assertThat(unsent.inputValue()).isEqualTo("\n" + "x".repeat(2_000) + "\nfifth");
        assertThat(unsent.isVisible()).isTrue();
        unsent.fill("fifth");
        alice.sendsAgain();
        alice.seesExactly(List.of("first\n  second\nthird", "fourth\nfifth"));
    }
}
