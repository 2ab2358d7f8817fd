package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static chat.klatsch.fixture.Await.throughout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that a change of a message leaves the rest of the page as it is. */
class BrowserChangesTest {
    /** Records what a screen reader announces: nodes that are added to the log or a status, unless they are silent. */
    private static final String RECORD = """
            () => {
              window.announced = [];
              const live = node => {
                const region = node.closest('[aria-live], [role=log], [role=status], [role=alert], output');
                return region && region.getAttribute('aria-live') !== 'off';
              };
              new MutationObserver(changes => {
                for (const change of changes) {
                  const nodes = change.type === 'childList' ? [...change.addedNodes] : [change.target];
                  for (const node of nodes) {
                    const element = node.nodeType === 3 ? node.parentElement : node;
                    if (element.isConnected && !element.closest('[hidden], #connection, noscript') && live(element) && node.textContent.trim()) {
                      window.announced.push(node.textContent.trim().replace(/\\s+/g, ' '));
                    }
                  }
                }
              }).observe(document.body, {childList: true, characterData: true, subtree: true});
            }
            """;

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient bob = chat.user("bob");

    @Test
    void a_change_keeps_focus_selection_the_open_menu_and_the_mark_of_new_messages() {
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        chat.user("alice");
        long first = bob.posts("to *select* from");
        long second = bob.posts("to focus");
        alice.takesOver(chat.user("alice"));
        reacts(second, "love");
        Locator reaction = alice.page().locator("#m-" + second + " .reaction");
        reaction.waitFor();
        alice.page().evaluate("""
                        ([first, second]) => {
                          rows = [...document.querySelectorAll('#messages > li, #messages article')];
                          getSelection().selectAllChildren(document.querySelector(`#m-${first} .body`));
                          document.querySelector(`#m-${second} .reaction`).focus();
                        }
                        """, List.of((int) first, (int) second));
        reacts(first, "like");
        reacts(second, "like");
        bob.post(path(second, "/edit"), Map.of("body", "to focus, edited"));
        alice.sees("to focus, edited");
        eventually(() -> alice.page().locator(".reaction").count() == 3);
        assertThat(alice.page().evaluate("getSelection().toString()")).isEqualTo("to select from");
        assertThat(alice.page().evaluate("document.activeElement.value")).isEqualTo("love");
        assertThat(alice.page().evaluate("rows.every(row => row.isConnected)")).isEqualTo(true);
        assertThat(alice.page().locator("#m-" + first + " .first-new").isVisible())
                .isTrue();

        alice.opensMenu(alice.message("to focus, edited"));
        reacts(second, "wow");
        eventually(() -> alice.page().locator(".reaction").count() == 4);
        assertThat(alice.page().locator("#menu").isVisible()).isTrue();
        alice.presses("Escape");
        alice.page().locator("#m-" + first + " .reaction").click();
        eventually(() ->
                alice.page().locator("#m-" + first + " .reaction").innerText().contains("2"));
        assertThat(alice.page().evaluate("document.activeElement.className")).isEqualTo("reaction");
    }

    @Test
    void a_change_is_announced_once_and_history_not_at_all() {
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        long first = bob.posts("message 1");
        IntStream.rangeClosed(2, 129).forEach(n -> bob.posts("message " + n));
        long last = bob.posts("message 130");
        alice.takesOver(chat.user("alice"));
        alice.page().evaluate(RECORD);
        eventually(() -> {
            alice.scrolls(-3_000);
            return alice.bodies().size() == 130;
        });
        assertThat(announced(alice)).isEmpty();

        for (long seq : List.of(first, last)) {
            reacts(seq, "like");
            alice.page().locator("#m-" + seq + " .reaction").waitFor();
            assertThat(announced(alice)).singleElement().asString().contains("1");
            bob.post(path(seq, "/edit"), Map.of("body", "edited " + seq));
            alice.sees("edited " + seq);
            assertThat(announced(alice)).containsExactly("edited " + seq);
            bob.post(path(seq, "/delete"), Map.of());
            eventually(() -> alice.page().locator("#m-" + seq + " .deleted").count() == 1);
            assertThat(announced(alice)).containsExactly("This message was deleted.");
        }
        bob.posts("a new one");
        alice.sees("a new one");
        assertThat(announced(alice)).singleElement().asString().contains("a new one");

        long nodes = nodes(alice);
        reacts(last - 1, "like");
        reacts(first + 1, "love");
        eventually(() -> alice.page().locator(".reaction").count() == 2);
        assertThat(nodes(alice)).as("nodes in the list").isEqualTo(nodes);
    }

    @Test
    void focus_returns_to_the_message_and_a_deletion_is_announced_once() {
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.expectsErrors("Connection not open");
        ChatClient hers = chat.user("alice");
        long seq = hers.posts("mine");
        alice.takesOver(hers);
        Locator actions = alice.page().locator("#m-" + seq + " .message-actions");
        Locator reactions = alice.page().locator("#m-" + seq + " .reaction");

        opens(actions).locator("[value=like]").press("Enter");
        reactions.waitFor();
        eventually(() -> hasFocus(actions));
        opens(actions).locator("[value=love]").press("Enter");
        eventually(() -> reactions.count() == 2 && hasFocus(actions));

        reacts(seq, "love");
        eventually(() -> reactions.last().innerText().contains("2"));
        reactions.last().press("Enter");
        eventually(() -> reactions.last().innerText().contains("1"));
        alice.isIdle();
        assertThat(hasFocus(reactions.last())).isTrue();
        reactions.first().press("Enter");
        eventually(() -> reactions.count() == 1 && hasFocus(actions));
        reacts(seq, "love");

        opens(actions).locator("summary").press("Enter");
        alice.page().evaluate(RECORD);
        alice.page().locator("#menu .danger").dblclick();
        Locator time = alice.page().locator("#m-" + seq + " .time");
        eventually(() -> alice.page().locator(".deleted").count() == 1 && hasFocus(time));
        long later = bob.posts("later");
        alice.sees("later");
        assertThat(announced(alice)).hasSize(2).first().isEqualTo("This message was deleted.");

        opens(alice.page().locator("#m-" + later + " .message-actions"));
        bob.post(path(later, "/delete"), Map.of());
        alice.page().locator("#menu .gone").waitFor();
        eventually(() -> alice.page().locator(".deleted").count() == 2);
        assertThat(announced(alice)).containsExactly("This message was deleted.");
    }

    @Test
    void a_reader_stays_at_the_same_pixel_or_at_the_end() {
        List<Long> seqs = IntStream.rangeClosed(1, 40)
                .mapToObj(n -> bob.posts("message " + n))
                .toList();
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(chat.user("alice"));
        String longer = "longer\n".repeat(8) + "text";
        changes(alice, seqs.get(36), longer);
        assertThat(alice.isInView(alice.message("message 40"))).isTrue();
        changes(alice, seqs.get(39), longer);
        eventually(() -> alice.isInView(alice.page().locator("#m-" + seqs.get(39) + " .time")));

        Locator reading = alice.message("message 15");
        reading.evaluate("message => message.scrollIntoView()");
        alice.scrolls(-20);
        throughout(Duration.ofMillis(200), () -> alice.isInView(reading));
        double top = alice.top(reading);
        // Below, within and above the visible part.
        for (int n : List.of(35, 20, 16, 5, 1)) {
            changes(alice, seqs.get(n - 1), longer);
            assertThat(alice.top(reading)).as("after a change of %s", n).isCloseTo(top, within(2.0));
        }
        reacts(seqs.get(14), "like");
        bob.post(path(seqs.get(4), "/delete"), Map.of());
        bob.post(path(seqs.get(19), "/delete"), Map.of());
        eventually(() -> alice.page().locator(".deleted").count() == 2);
        assertThat(alice.top(reading)).isCloseTo(top, within(2.0));
    }

    /** Opens the menu of a message by the keyboard and returns it. */
    private static Locator opens(Locator actions) {
        actions.press("Enter");
        Locator menu = actions.page().locator("#menu");
        menu.locator(".message-info").waitFor();
        return menu;
    }

    private static boolean hasFocus(Locator element) {
        return (boolean) element.evaluate("element => element === document.activeElement");
    }

    /** Adds a reaction to a message and edits it. */
    private void changes(BrowserUser alice, long seq, String body) {
        reacts(seq, "like");
        alice.page().locator("#m-" + seq + " .reaction").waitFor();
        bob.post(path(seq, "/edit"), Map.of("body", body));
        alice.page().locator("#m-" + seq + " .edited").waitFor();
    }

    private void reacts(long seq, String emoji) {
        assertThat(bob.postStatus(path(seq, "/reactions"), Map.of("emoji", emoji)))
                .isEqualTo(303);
    }

    /** Returns what has been announced since the last call. */
    @SuppressWarnings("unchecked")
    private static List<String> announced(BrowserUser user) {
        return (List<String>) user.page().evaluate("window.announced.splice(0)");
    }

    private static long nodes(BrowserUser user) {
        return ((Number) user.page().evaluate("document.querySelector('#messages').childNodes.length")).longValue();
    }

    private static String path(long seq, String rest) {
        return "rooms/lobby/messages/" + seq + rest;
    }
}
