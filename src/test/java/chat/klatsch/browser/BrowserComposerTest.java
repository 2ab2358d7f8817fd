package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BrowserComposerTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @TempDir
    Path directory;

    private ChatServer chat;
    private BrowserUser alice;

    @BeforeEach
    void start() {
        chat = ChatServer.start(config -> config.port(0).dataDirectory(directory));
        alice = browsers.join(chat, "alice");
    }

    @AfterEach
    void stop() {
        chat.close();
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
    void an_impatient_second_enter_sends_nothing_more() {
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
    void messages_sent_without_waiting_for_the_answers_all_arrive_once() {
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
    void what_is_typed_while_a_message_is_on_its_way_is_kept_and_can_be_sent_next() {
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
    void two_presses_while_the_network_is_slow_make_one_message() {
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
    void several_lines_have_a_field_in_which_enter_does_not_send() {
        alice.expectsComplaints("status of 422");
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

        // Refused, they come back as they were.
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
