package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that a long message takes no more than a screen until its reader wants to see all of it. */
class BrowserLongTextTest {
    private static final int SCREEN = 844;

    private static final Map<String, String> LONG = Map.of(
            "blank lines", "first" + "\n".repeat(1_900) + "last",
            "many lines", "first\n" + "a line\n".repeat(250) + "last",
            "one paragraph", "first " + "word ".repeat(390) + "last",
            "wide letters", "first " + "漢字".repeat(900) + " last",
            "a quote", "first\n" + "> quoted\n\n".repeat(150) + "last",
            "a list", "first\n" + "- item\n".repeat(200) + "\nlast",
            "tabs", "first\n" + "\tx".repeat(500) + "\nlast",
            "unbroken", "first" + "x".repeat(1_900) + " last");

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient bob = chat.user("bob");

    @Test
    void a_long_message_shows_its_beginning_and_on_demand_all_of_it() {
        Map<String, Long> posted = new LinkedHashMap<>();
        LONG.forEach((name, text) -> posted.put(name, bob.posts(text)));
        BrowserUser alice = phone(true);
        alice.takesOver(chat.user("alice"));
        posted.forEach((name, seq) -> {
            Locator message = alice.page().locator("#m-" + seq);
            assertThat(height(message)).as(name).isLessThan(SCREEN);
            assertThat(message.locator(".body").textContent()).as(name).contains("first", "last");
            Locator more = message.getByText("Show more");
            assertThat(more.isVisible()).as(name).isTrue();
            more.click();
            assertThat(height(message)).as(name).isGreaterThan(SCREEN);
            assertThat(message.getByText("Show less").isVisible()).isTrue();
            assertThat(more.isVisible()).isFalse();
        });

        // It stays open when the message changes, and the keyboard can close it.
        long lines = posted.get("many lines");
        bob.post(path(lines, "/reactions"), Map.of("emoji", "like"));
        Locator message = alice.page().locator("#m-" + lines);
        message.locator(".reaction").waitFor();
        assertThat(height(message)).isGreaterThan(SCREEN);
        bob.post(path(lines, "/edit"), Map.of("body", "edited\n" + "a line\n".repeat(250) + "last"));
        message.locator(".edited").waitFor();
        assertThat(height(message)).isGreaterThan(SCREEN);
        Locator box = message.getByRole(com.microsoft.playwright.options.AriaRole.CHECKBOX);
        box.focus();
        alice.presses("Space");
        eventually(() -> height(message) < SCREEN);
        assertThat(box.ariaSnapshot()).contains("checkbox \"Show more\"");

        // A window that shows all of a text offers nothing, nor does a short text anywhere.
        alice.page().setViewportSize(1280, 800);
        Locator paragraph = alice.page().locator("#m-" + bob.posts("word ".repeat(250)));
        paragraph.waitFor();
        assertThat(paragraph.getByText("Show more").isVisible()).isFalse();
        assertThat(height(paragraph)).isGreaterThan(200);
        Locator brief = alice.page().locator("#m-" + bob.posts("line\n".repeat(29) + "last"));
        brief.waitFor();
        assertThat(brief.locator(".more").count()).isZero();
    }

    @Test
    void a_long_message_opens_without_scripts_and_stays_short_where_it_is_quoted_or_found() {
        long seq = bob.posts(LONG.get("blank lines"));
        bob.post("rooms/lobby/messages", Map.of("body", "an answer", "replyTo", Long.toString(seq), "key", "1"));
        BrowserUser alice = phone(false);
        alice.context()
                .addCookies(java.util.List.of(new com.microsoft.playwright.options.Cookie(
                                "klatsch", chat.user("alice").cookie("klatsch").orElseThrow())
                        .setUrl(chat.url())));
        alice.goes("rooms/lobby");
        Locator message = alice.page().locator("#m-" + seq);
        assertThat(height(message)).isLessThan(SCREEN);
        assertThat(height(alice.page().locator("#m-" + (seq + 1)))).isLessThan(150);
        message.getByText("Show more").click();
        assertThat(height(message)).isGreaterThan(SCREEN);
        alice.goes("search?q=first");
        assertThat(height(alice.page().locator(".result"))).isLessThan(300);
        alice.goes(path(seq, "/reply"));
        assertThat(height(alice.page().locator("form.composer"))).isLessThan(SCREEN);
    }

    private BrowserUser phone(boolean scripts) {
        return browsers.visitor(
                chat.url(),
                "alice",
                new NewContextOptions().setViewportSize(390, SCREEN).setJavaScriptEnabled(scripts));
    }

    private static double height(Locator element) {
        return element.boundingBox().height;
    }

    private static String path(long seq, String rest) {
        return "rooms/lobby/messages/" + seq + rest;
    }
}
