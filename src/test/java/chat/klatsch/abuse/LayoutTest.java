package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Abuse of the space on others' screens. */
class LayoutTest {
    private static final int WIDTH = 390;
    private static final int HEIGHT = 844;

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    static final ChatExtension chat =
            ChatExtension.with(config -> config.passwordMemory(1).limit(Limit.MESSAGE_LENGTH, 10_000));

    @Test
    void a47_a48_names_from_right_to_left_piled_up_marks_and_blank_lines_disturb_nothing_else() {
        ChatClient noor = chat.user("7noor");
        noor.post("settings", Map.of("name", "\u05e0\u05d5\u05e8", "about", "", "zone", "UTC"));
        long first = noor.posts("shalom");
        BrowserUser alice =
                browsers.visitor(chat.url(), "alice", new NewContextOptions().setViewportSize(WIDTH, HEIGHT));
        alice.takesOver(chat.user("alice"));
        Locator name = alice.page().locator("#m-" + first + " .name");
        BoundingBox displayed = name.locator("b").boundingBox();
        BoundingBox username = name.locator("span").boundingBox();
        assertThat(displayed.x + displayed.width).isLessThanOrEqualTo(username.x);

        long marks = noor.posts(
                "z\u0335\u0321\u0322\u0300\u0301\u0302\u0303\u0304".repeat(2) + "a" + "\u0300\u0316".repeat(900));
        long lines = noor.posts("first" + "\n".repeat(4_000) + "last");
        long wide = noor.posts("x".repeat(9_000));
        for (long seq : new long[] {marks, lines, wide}) {
            Locator message = alice.page().locator("#m-" + seq);
            message.waitFor();
            assertThat(message.boundingBox().height).isLessThan(HEIGHT);
            assertThat(message.boundingBox().width).isLessThanOrEqualTo(WIDTH);
        }
        assertThat(alice.page().evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(WIDTH);
        // Marks reach far above and below their line, which no measure of a box tells.
        assertThat(alice.style(alice.page().locator("#m-" + marks + " .bubble"), "overflow"))
                .isEqualTo("clip");
    }

    @Test
    void long_names_make_no_page_wider_than_a_phone() {
        ChatClient wide = chat.user("w".repeat(32));
        wide.post("settings", Map.of("name", "Wolfe".repeat(12), "about", "w".repeat(300), "zone", "UTC"));
        ChatClient room = wide.makes("R".repeat(60), "closed");
        room.post(room.at("invitation"), Map.of());
        room.posts("w".repeat(300) + " @" + wide.username());
        BrowserUser user =
                browsers.visitor(chat.url(), wide.username(), new NewContextOptions().setViewportSize(WIDTH, HEIGHT));
        user.takesOver(wide);
        for (String path : List.of(
                "people",
                "find?to=w",
                "rooms",
                room.at("about"),
                room.at("delete"),
                "search?q=" + "w".repeat(30),
                "mentions",
                "settings",
                "settings/account",
                "@" + wide.username())) {
            user.goes(path);
            assertThat((Integer) user.page()
                            .evaluate("Math.ceil(Math.max(...[...document.querySelectorAll('main *, .top-bar *')]"
                                    + ".filter(each => each.checkVisibility())"
                                    + ".map(each => each.getBoundingClientRect().right)))"))
                    .as(path)
                    .isLessThanOrEqualTo(WIDTH);
        }
    }
}
