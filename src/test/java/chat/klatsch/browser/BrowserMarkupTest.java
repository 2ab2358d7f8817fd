package chat.klatsch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserMarkupTest {
    private static final List<String> HOSTILE = List.of(
            "[x](javascript:document.title='taken')",
            "[x](https://x.org/\"onmouseover=\"document.title='taken')",
            "![x](https://x.org/y.png\"onerror=\"document.title='taken')",
            "**<img src=x onerror=\"document.title='taken'\">**",
            "> </blockquote></div></li><hx-partial hx-target=\"body\">gone</hx-partial>",
            "- <li id=\"m-1\">forged</li>",
            "```\"><script>document.title='taken'</script>\n</code></pre><script>document.title='taken'</script>",
            "`<p id=\"presence\" hx-swap-oob=\"true\">none</p>`",
            "<https://x.org/\"style=\"position:fixed>",
            "@bob\"hx-get=\"/logout",
            "[](https://x.org)",
            ">".repeat(1_000) + " deep",
            "*a ".repeat(300) + "a* ".repeat(300));

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    /** Browsers fails this test when the content security policy blocks anything. */
    @Test
    void hostile_markdown_runs_nothing_escapes_nothing_and_loads_nothing() {
        BrowserUser alice = browsers.join(chat, "alice");
        alice.page().onRequest(request -> assertThat(request.url()).startsWith(chat.url()));
        ChatClient mallory = chat.user("mallory");
        HOSTILE.forEach(mallory::posts);
        mallory.posts("the end");
        alice.sees("the end");
        isUnharmed(alice);
        alice.page().reload();
        isUnharmed(alice);
    }

    @Test
    void a_mention_is_highlighted_for_the_mentioned_user_only() {
        BrowserUser alice =
                browsers.visitor(chat.url(), "Alice", new Browser.NewContextOptions().setViewportSize(360, 640));
        alice.signUp();
        BrowserUser bob = browsers.join(chat, "bob");
        ChatClient carol = chat.user("carol");
        carol.posts("good morning @alice!");
        carol.posts("a code:\n```\n" + "wide ".repeat(100) + "\n```\n> quoted\n\n- https://x.org/" + "long".repeat(50));
        carol.posts("\uD83D\uDE00");
        for (BrowserUser user : List.of(alice, bob)) {
            user.sees("\uD83D\uDE00");
            String edge = user.style(bubble(user, 0), "border-inline-start-width");
            assertThat(edge).isEqualTo(user == alice ? "5px" : "0px");
            assertThat(user.style(bubble(user, 1), "border-inline-start-width")).isEqualTo("0px");
        }
        assertThat(alice.page().locator(".mention").getAttribute("href")).isEqualTo("/@alice");

        // Wide content scrolls within its message.
        assertThat((boolean) alice.page()
                        .locator("#scroller")
                        .evaluate("scroller => scroller.scrollWidth <= scroller.clientWidth"))
                .isTrue();
        assertThat((boolean) alice.page()
                        .locator(".body pre")
                        .evaluate("code => code.scrollWidth > code.clientWidth && code.clientWidth > 100"))
                .isTrue();
        assertThat(alice.style(alice.page().locator(".body").last(), "font-size"))
                .isEqualTo("40px");
    }

    /** Lines that are changed easily, some of them by the browser alone. */
    private static final List<String> AS_WRITTEN = List.of(
            "24. Dezember\n31. Dezember",
            "1986. What a year",
            "¯\\_(ツ)_/¯ \\\\server\\share\\_docs",
            "Freund*innen und Kolleg*innen 2*3*4 __init__",
            ">_< so tired",
            "a\n\n\nb",
            "- 500 €");

    @Test
    void two_browsers_show_lines_as_they_were_written() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        ChatClient carol = chat.user("carol");
        AS_WRITTEN.forEach(carol::posts);
        carol.posts("> I would pay 500\nNever!\n- a\n- b\nc\n```\nd```\ne");
        carol.posts("the end");
        for (BrowserUser user : List.of(alice, bob)) {
            user.sees("the end");
            Locator bodies = user.page().locator(".body");
            for (int i = 0; i < AS_WRITTEN.size(); i++) {
                assertThat(bodies.nth(i).innerText()).isEqualTo(AS_WRITTEN.get(i));
                assertThat((boolean) bodies.nth(i).evaluate(IS_INSIDE_BUBBLE)).isTrue();
            }
            assertThat(bodies.nth(AS_WRITTEN.size()).innerText().lines().filter(line -> !line.isBlank()))
                    .containsExactly("I would pay 500", "Never!", "a", "b", "c", "d", "e");
        }
    }

    @Test
    void each_line_and_list_item_finds_its_own_direction_and_code_none() {
        BrowserUser alice = browsers.join(chat, "alice");
        ChatClient carol = chat.user("carol");
        carol.posts("hello world\n\u05e9\u05dc\u05d5\u05dd\n- one item\n- \u05d0\u05d1\n> \u05d0\n```\n\u05d0\n```");
        carol.posts("\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645\nhello");
        carol.posts("the end");
        alice.sees("the end");
        Locator body = alice.page().locator(".body").first();
        assertThat(body.evaluate(SIDE, "hello")).isEqualTo("left");
        assertThat(body.evaluate(SIDE, "\u05e9\u05dc")).isEqualTo("right");
        assertThat(body.locator("li, blockquote, pre").all().stream()
                        .map(element -> element.evaluate("element => getComputedStyle(element).direction")))
                .containsExactly("ltr", "rtl", "rtl", "ltr");
        Locator opposite = alice.page().locator(".body").nth(1);
        assertThat(opposite.evaluate(SIDE, "hello")).isEqualTo("left");
        assertThat(
                        (boolean)
                                opposite.evaluate(
                                        "body => body.getBoundingClientRect().bottom <= body.nextElementSibling.getBoundingClientRect().top"))
                .isTrue();
    }

    /** Returns whether all glyphs of an element are within its bubble. */
    private static final String IS_INSIDE_BUBBLE = """
            body => {
              const bubble = body.closest(".bubble").getBoundingClientRect();
              const range = document.createRange();
              range.selectNodeContents(body);
              return [...range.getClientRects()].every(rect => rect.left >= bubble.left && rect.right <= bubble.right);
            }""";

    /** Returns the side of the body at which a text begins a line. */
    private static final String SIDE = """
            (body, text) => {
              const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
              while (!walker.nextNode().data.includes(text));
              const range = document.createRange();
              const start = walker.currentNode.data.indexOf(text);
              range.setStart(walker.currentNode, start);
              range.setEnd(walker.currentNode, start + text.length);
              const line = range.getBoundingClientRect(), all = body.getBoundingClientRect();
              return Math.abs(line.left - all.left) < 1 ? "left" : Math.abs(line.right - all.right) < 1 ? "right" : "neither";
            }""";

    private static Locator bubble(BrowserUser user, int number) {
        return user.page().locator(".bubble").nth(number);
    }

    private static void isUnharmed(BrowserUser reader) {
        assertThat(reader.bodies()).hasSize(HOSTILE.size() + 1);
        assertThat(reader.page().title()).matches("(\\(\\d+\\) )?Lobby · Klatsch");
        assertThat(reader.page().locator("#messages > li").count()).isEqualTo(HOSTILE.size() + 1);
        assertThat(reader.page()
                        .locator(".body :is(script, img, style, [id], [style], [src], [hx-get], [hx-swap-oob])")
                        .count())
                .isZero();
        assertThat(reader.page()
                        .locator(".body a:not([href^='https://x.org'], [href='/@bob'])")
                        .count())
                .isZero();
    }
}
