package chat.klatsch.web.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that no message takes its room away where the operator allows long ones. */
class LongMessagesTest {
    private static final int LENGTH = 100_000;

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.MESSAGE_LENGTH, LENGTH).limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient alice = chat.user("alice");
    private final ChatClient bob = chat.user("bob");

    @Test
    void the_longest_texts_show_for_everybody() {
        List<String> pieces = List.of(
                "*a ",
                "**a _b ~~c ",
                "*_",
                "> ",
                "> - ",
                "- a\n",
                "`a``b",
                "[a](https://x",
                "[",
                "http://a(",
                "www.a.",
                "@",
                "@bob ",
                "a@b.",
                "(",
                "a\u0301",
                "\u200d",
                "\u202e",
                "\ud83d\ude00",
                "\ufdfa",
                "x\n");
        List<Long> posted = new ArrayList<>();
        for (String piece : pieces) {
            String start = "walnut " + posted.size() + "\n";
            posted.add(alice.posts(start + piece.repeat((LENGTH - start.length()) / piece.length())));
        }
        isShown(bob.page("rooms/lobby"), posted);
        isShown(bob.page("rooms/lobby/messages?before=" + (posted.get(posted.size() - 1) + 1)), posted);
        assertThat(bob.page("search?q=walnut").select(".result")).hasSizeGreaterThanOrEqualTo(20);
        assertThat(bob.getStatus("search?q=a+walnut")).isEqualTo(200);
    }

    private static void isShown(Document page, List<Long> posted) {
        for (long seq : posted) {
            assertThat(page.select("[data-seq=" + seq + "] .body").text()).startsWith("walnut " + posted.indexOf(seq));
        }
    }
}
