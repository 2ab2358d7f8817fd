package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.TwoNodes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that two browsers on two nodes show the same. */
class BrowserAgreementTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    private static final List<String> TEXTS = List.of(
            "24. Dezember\n31. Dezember",
            "> I would pay 500\nNever!",
            "¯\\_(ツ)_/¯ \\\\server\\share\\_docs",
            "Freund*innen, 2*3*4, __init__, >_<",
            "**重要：**请看 https://x.org/a，然后 _hey @alice_",
            "https://x.org/json/__init__.py Www.example.org [bank.com](https://evil.org)",
            "你好@alice请看 @carol님 `@alice` @nobody",
            "- a\n- \u05d0\n  - c\n\n```java\nx```\nrest",
            "hello\n\u05e9\u05dc\u05d5\u05dd",
            "**bold** *it* ~~gone~~ \uD83D\uDE00",
            "1\n".repeat(100) + "2");

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private final TwoNodes nodes = new TwoNodes(postgres, config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void two_browsers_on_two_nodes_show_the_same() {
        BrowserUser alice = browsers.join(nodes.one().url(), "alice");
        BrowserUser bob = browsers.join(nodes.other().url(), "bob");
        ChatClient carol = ChatClient.join(nodes.other(), "carol");
        TEXTS.forEach(carol::posts);
        long edited = carol.posts("to be edited");
        long deleted = carol.posts("to be deleted, @alice");
        carol.posts("the end");
        carol.post(carol.at("messages/" + edited + "/edit"), Map.of("body", "edited, @alice"));
        carol.post(carol.at("messages/" + deleted + "/delete"), Map.of());
        carol.post(carol.at("messages/1/reactions"), Map.of("emoji", "like"));
        carol.post("settings", Map.of("name", "Caroline", "about", "", "zone", "UTC"));

        eventually(() -> shown(alice).contains("Caroline") && shown(bob).contains("Caroline"));
        eventually(() -> shown(alice).equals(shown(bob)) && shown(alice).contains("edited, @alice"));
        assertThat(shown(alice))
                .contains("24. Dezember\n31. Dezember", "(evil.org)")
                .doesNotContain("to be deleted");
        assertThat(body(alice)).isEqualTo(body(bob));

        alice.page().reload();
        bob.page().reload();
        alice.sees("the end");
        bob.sees("the end");
        assertThat(body(alice)).isEqualTo(body(bob));
        assertThat(shown(alice)).isEqualTo(shown(bob));
        carol.close();
    }

    private static String shown(BrowserUser user) {
        return String.join(
                "\n",
                user.page().locator("#messages .bubble, #messages .reactions").allInnerTexts());
    }

    private static List<String> body(BrowserUser user) {
        return user.page().locator("#messages .body").all().stream()
                .map(body -> body.innerHTML())
                .toList();
    }
}
