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
