package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Each key is typed as soon as the browser has taken the last one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keys_typed_right_after_enter_belong_to_the_next_message(boolean slow) {
        List<Route> held = new ArrayList<>();
        if (slow) {
            alice.page().route("**/messages", held::add);
        }
        List<String> words = List.of("one", "two", "3", "4", "five", "six", "7", "eight", "nine", "ten");
        Keyboard keyboard = alice.page().keyboard();
        alice.composer().focus();
        for (String word : words) {
            keyboard.type(word);
            keyboard.press("Enter");
        }
        keyboard.type("and more");
        alice.page().unroute("**/messages");
        held.forEach(Route::resume);
        alice.seesExactly(words);
        assertThat(alice.composer().inputValue()).isEqualTo("and more");
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
    void enter_sends_unless_it_breaks_a_line_or_belongs_to_an_input_method() {
        String lines = "first\n  second";
        alice.types("first");
        alice.presses("Shift+Enter");
        alice.types("  second");
        assertThat(alice.composer().inputValue()).isEqualTo(lines);
        double tall = alice.composer().boundingBox().height;

        alice.presses("Alt+Enter");
        alice.composes("にほん");
        alice.pressesInInputMethod("Enter", 13);
        alice.commits("日本");
        // Safari ends the composition before this key.
        alice.pressesInInputMethod("Enter", 229);
        assertThat(alice.composer().inputValue()).isEqualTo(lines + "日本");
        assertThat(alice.bodies()).isEmpty();

        alice.presses("Enter");
        alice.seesExactly(List.of(lines + "日本"));
        alice.seesAnEmptyComposerInFocus();
        assertThat(alice.composer().boundingBox().height).isLessThan(tall);
        eventually(() -> alice.unsent().count() == 0);
    }

    @Test
    void a_paste_keeps_its_lines_in_a_field_that_grows_to_a_part_of_the_screen() {
        String trace = "```\njava.lang.Error: no\n\tat Main.main\n```\n\nHelp!";
        alice.pastes(trace);
        assertThat(alice.composer().inputValue()).isEqualTo(trace);
        alice.presses("Enter");
        eventually(() -> alice.bodies().size() == 1);
        assertThat(alice.bodies().get(0))
                .contains("java.lang.Error: no\n\tat Main.main")
                .contains("Help!");

        alice.pastes("line\n".repeat(200));
        double height = alice.composer().boundingBox().height;
        assertThat(height).isBetween(.3 * 720, .45 * 720);
        assertThat(alice.isInView(alice.page().locator("#messages .message").last()))
                .isTrue();
    }

    @Test
    void enter_breaks_the_line_where_fingers_type_and_the_button_sends() {
        BrowserUser phone = browsers.visitor(
                chat.url(),
                "pia",
                new Browser.NewContextOptions().setIsMobile(true).setHasTouch(true));
        phone.signUp();
        phone.types("first");
        phone.presses("Enter");
        phone.types("second");
        assertThat(phone.composer().inputValue()).isEqualTo("first\nsecond");
        phone.sendButton().tap();
        phone.seesExactly(List.of("first\nsecond"));
        phone.seesAnEmptyComposerInFocus();
        phone.types("from a keyboard");
        phone.presses("Control+Enter");
        phone.seesExactly(List.of("first\nsecond", "from a keyboard"));
    }
}
