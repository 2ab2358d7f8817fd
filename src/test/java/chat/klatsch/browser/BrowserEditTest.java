package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.ConsoleErrors;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that the text of an edit survives until it is saved or cancelled. */
class BrowserEditTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    private ChatClient session;
    private BrowserUser alice;

    @BeforeEach
    void start() {
        session = new ChatClient(chat.url(), "alice").signUp();
        session.posts("first");
        session.posts("second");
        alice = browsers.visitor(chat.url(), "alice");
        alice.expectsErrors("status of (4..|503)|" + ConsoleErrors.NETWORK);
        alice.takesOver(session);
        alice.sees("second");
    }

    @Test
    void edits_keep_their_text_beside_others_and_when_they_are_refused() {
        menu("first", "Edit");
        Locator first = alice.page().locator("#edit-1 textarea");
        first.fill("first, changed");
        menu("second", "Edit");
        alice.page().locator("#edit-2 textarea").fill("second, changed");
        alice.composer().press("ArrowUp");
        eventually(() -> (boolean) edit(2).evaluate("field => field === document.activeElement"));
        assertThat(edit(2).inputValue()).isEqualTo("second, changed");
        assertThat(first.inputValue()).isEqualTo("first, changed");

        Locator save = alice.page().locator("#edit-1 .primary");
        for (String failure : List.of("503", "connection")) {
            alice.page().route("**/edit", route -> {
                if (failure.equals("connection")) {
                    route.abort();
                } else {
                    route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("<h1>Bad gateway</h1>"));
                }
            });
            save.click();
            eventually(() -> first.isEnabled() && save.isEnabled());
            alice.page().locator("#edit-1 .not-saved").waitFor();
            assertThat(alice.page().locator("#edit-1 .not-saved").textContent()).contains("Not saved yet");
            assertThat(first.inputValue()).isEqualTo("first, changed");
            alice.page().unroute("**/edit");
        }
        first.fill("x".repeat(2_001));
        save.click();
        alice.page().locator("#edit-1 .refusal").waitFor();
        assertThat(first.inputValue()).hasSize(2_001);
        first.fill("first, changed");
        save.click();
        alice.seesExactly(List.of("first, changed", "second"));
        eventually(() -> first.count() == 0);
        assertThat(alice.page().locator("#edit-2 textarea").inputValue()).isEqualTo("second, changed");
    }

    @Test
    void open_edits_are_there_again_after_each_way_to_leave_the_page_until_they_are_saved_or_cancelled() {
        ChatClient group = session.makes("Garden", "closed");
        menu("first", "Edit");
        edit(1).fill("first, changed");
        alice.page().reload();
        eventually(() -> edit(1).inputValue().equals("first, changed"));
        menu("second", "Edit");
        edit(2).fill("second!");
        alice.goes("rooms/" + group.room());
        assertThat(alice.page().locator("#r-lobby .unsent").isVisible()).isTrue();
        alice.page().goBack();
        eventually(() -> edit(2).inputValue().equals("second!"));
        assertThat(edit(1).inputValue()).isEqualTo("first, changed");
        assertThat(alice.composer().inputValue()).isEmpty();

        BrowserUser phone = browsers.visitor(chat.url(), "alice").signIn();
        assertThat(phone.page().locator("#edit-1 textarea").inputValue()).isEqualTo("first, changed");
        phone.page().locator("#edit-1 .primary").click();
        phone.seesExactly(List.of("first, changed", "second"));
        alice.page().locator("#edit-2").getByText("Cancel").click();
        eventually(() -> edit(2).count() == 0);
        alice.page().reload();
        alice.isLive();
        assertThat(alice.page().locator(".edit").count()).isZero();
        eventually(() -> alice.page().locator("#r-lobby .unsent").count() == 0);
        menu("second", "Edit");
        assertThat(edit(2).inputValue()).isEqualTo("second");
    }

    @Test
    void a_save_of_an_edit_that_arrives_after_it_was_saved_does_not_open_it_again() {
        menu("first", "Edit");
        List<Route> held = new ArrayList<>();
        alice.page().route("**/draft", held::add);
        edit(1).fill("changed");
        alice.page().waitForCondition(() -> !held.isEmpty());
        Map<String, String> late = fields(held.get(0).request().postData());
        alice.page().locator("#edit-1 .primary").click();
        alice.seesExactly(List.of("changed", "second"));
        eventually(() -> edit(1).count() == 0);
        assertThat(session.postStatus(session.at("draft"), late)).isEqualTo(204);
        assertThat(session.page("rooms/lobby").select(".edit")).isEmpty();
    }

    private static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Test
    void an_edit_that_was_open_when_the_session_ended_is_open_again_after_signing_in() {
        menu("first", "Edit");
        edit(1).fill("first, changed");
        menu("second", "Edit");
        edit(2).fill("second, changed");
        alice.composer().fill("and a message");
        session.post("logout", Map.of());
        alice.page().locator("#notice a").click();
        Locator kept = alice.page().locator("[name=edited]");
        kept.first().waitFor();
        assertThat(kept.all().stream().map(Locator::inputValue)).containsExactly("first, changed", "second, changed");
        assertThat(alice.page().locator("[name=text]").inputValue()).isEqualTo("and a message");
        ChatClient elsewhere = new ChatClient(chat.url(), "alice").signIn();
        elsewhere.post(elsewhere.at("messages/2/delete"), Map.of());
        alice.fillsIn("login");
        alice.isLive();
        assertThat(edit(1).inputValue()).isEqualTo("first, changed");
        assertThat(edit(2).count()).isZero();
        assertThat(alice.composer().inputValue()).isEqualTo("second, changed\n\nand a message");
        alice.page().locator("#edit-1 .primary").click();
        alice.sees("first, changed");
    }

    private Locator edit(int message) {
        return alice.page().locator("#edit-" + message + " textarea");
    }

    private void menu(String message, String item) {
        alice.opensMenu(alice.message(message))
                .getByText(item, new Locator.GetByTextOptions().setExact(true))
                .click();
    }
}
