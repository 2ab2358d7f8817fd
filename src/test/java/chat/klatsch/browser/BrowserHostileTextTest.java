package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserHostileTextTest {
    private static final List<String> TEXTS = List.of(
            "<script>document.title = 'taken'</script>",
            "<img src=x onerror=\"document.title = 'taken'\">",
            "\"><hx-partial hx-target=\"body\">gone</hx-partial>",
            "<hx-upsert hx-target=\"#messages\"><li id=\"m-1\">forged</li></hx-upsert>",
            "<p id=\"presence\" hx-swap-oob=\"true\">none</p>",
            "</li></ol></div><h1>out</h1>",
            "</template><title>taken</title><head><base href=x>",
            "${1 + 1} @if(true) !{x} {{ 7 * 7 }} {\"content\": \"x\"}",
            "javascript:alert(1) data:text/html,<b>x</b> &lt;b&gt; &#60; &amp;",
            "abc\u202Edef\u202C \u200Bzero\u200D\uFEFFwidth",
            "\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDDE9\uD83C\uDDEA \u0645\u0631\u062D\u0628\u0627 \u05E9\u05DC\u05D5\u05DD \u00E9",
            "<b>" + "\uD83D\uDE00".repeat(1_994) + "</>");

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    @Test
    void hostile_text_shows_as_written_live_on_the_page_and_in_history() {
        BrowserUser alice = browsers.join(chat, "alice");
        ChatClient mallory = chat.user("mallory");
        TEXTS.forEach(mallory::posts);
        isUnharmed(alice, "live");

        alice.page().reload();
        isUnharmed(alice, "on the page");

        IntStream.rangeClosed(1, 50).forEach(number -> mallory.posts("padding " + number));
        alice.page().reload();
        alice.isLive();
        eventually(() -> {
            alice.scrolls(-2_000);
            return alice.bodies().size() == TEXTS.size() + 50;
        });
        isUnharmed(alice, "in older history");
    }

    @Test
    void hostile_text_in_the_composer_shows_as_written() {
        BrowserUser alice = browsers.join(chat, "alice");
        alice.expectsErrors("status of 422");
        String text = "\"><hx-partial hx-target=\"body\"><b>'</b>";
        alice.says(text);
        alice.seesExactly(List.of(text));

        // A refused text comes back inside a form.
        alice.composer().fill(text + "x".repeat(2_000));
        alice.presses("Enter");
        alice.unsent().locator(".refusal").waitFor();
        assertThat(alice.unsent().locator("[name=body]").inputValue()).startsWith(text);
        assertThat(alice.page().locator("#compose b").count()).isZero();
    }

    private static void isUnharmed(BrowserUser reader, String where) {
        reader.sees(TEXTS.get(TEXTS.size() - 1));
        assertThat(reader.bodies()).as(where).startsWith(TEXTS.toArray(String[]::new));
        assertThat(reader.page().locator(".body :not([data-mention=if])").count())
                .as(where)
                .isZero();
        assertThat(reader.page().title()).as(where).matches("(\\(\\d+\\) )?Lobby · Klatsch");
        assertThat(reader.page().locator("#messages > li").count())
                .as(where)
                .isEqualTo(reader.bodies().size());
    }
}
