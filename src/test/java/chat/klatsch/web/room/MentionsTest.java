package chat.klatsch.web.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the users who are highlighted in a message are those whose mentions are counted. */
class MentionsTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@bob",
                "Hi @Bob!",
                "你好@bob请看",
                "@bob님",
                "مرحبا@bob",
                "_hey @bob_",
                "**@bob**",
                "@ann/@bob",
                "(-@bob)",
                "\"@bob\", @bob's",
                "> @bob",
                "- @bob",
                "a ` b @bob",
                "```@bob",
                "```\na``` @bob",
                "[@bob](https://x.org)",
                "[a](https:@bob)",
                "see you @bob.",
                "@bob.Please",
                "\uD83D\uDC4B@bob",
                "\\@bob",
                "@@bob",
                "＠bob",
                "__@bob__",
                "@bob-san"
            })
    void a_mention_is_highlighted_and_counted(String text) {
        assertThat(mentionsBob(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`@bob`",
                "``@bob ` @bob``",
                "```\n@bob\n```",
                "> ```\n> @bob\n> ```",
                "https://x.org/@bob",
                "www.x.org/?a=@bob",
                "youtube.com/@bob",
                "[a](https://x.org/@bob)",
                "alice@bob",
                "bob@bob.org @bob@bob.org",
                "@bobby @bo b",
                "@ bob"
            })
    void code_and_addresses_mention_nobody(String text) {
        assertThat(mentionsBob(text)).isFalse();
    }

    @Test
    void only_members_are_mentioned_and_authors_are_not_notified_of_themselves() {
        ChatClient alice = chat.user("alice");
        ChatClient bob = chat.user("bob");
        String room = alice.makes("Closed", "closed").room();
        alice.in(room).posts("@bob @alice @nobody");
        assertThat(alice.page("rooms/" + room).select(".body").eachText()).containsExactly("@bob @alice @nobody");
        assertThat(alice.page("rooms/" + room).select(".mention").eachText()).containsExactly("@alice");
        assertThat(counted(alice, room)).isEmpty();
        alice.in(room).admits(bob);
        alice.in(room).posts("@bob");
        assertThat(alice.page("rooms/" + room).select("[data-mention=bob]").eachAttr("href"))
                .containsExactly("/@bob");
        assertThat(counted(bob, room)).isEqualTo("@1");
    }

    @Test
    void authors_who_name_themselves_call_nobody_with_a_shorter_name() {
        ChatClient zed = chat.user("zed");
        ChatClient author = chat.user("zed.x");
        String before = counted(zed, "lobby");
        author.posts("I am @zed.x");
        assertThat(counted(zed, "lobby")).isEqualTo(before);
    }

    @Test
    void an_edit_changes_who_is_mentioned() {
        ChatClient alice = chat.user("alice");
        ChatClient bob = chat.user("bob");
        String path = "rooms/lobby/messages/" + alice.posts("@bob") + "/edit";
        String before = counted(bob, "lobby");
        alice.post(path, Map.of("body", "nobody"));
        assertThat(counted(bob, "lobby")).isNotEqualTo(before);
        alice.post(path, Map.of("body", "you, @bob"));
        assertThat(counted(bob, "lobby")).isEqualTo(before);
    }

    private static boolean mentionsBob(String text) {
        ChatClient alice = chat.user("alice");
        ChatClient bob = chat.user("bob");
        String before = counted(bob, "lobby");
        long seq = alice.posts(text);
        boolean isCounted = !counted(bob, "lobby").equals(before);
        List<String> highlighted = alice.page("rooms/lobby")
                .select("#m-" + seq + " [data-mention=bob]")
                .eachText();
        assertThat(!highlighted.isEmpty()).isEqualTo(isCounted);
        return isCounted;
    }

    private static String counted(ChatClient user, String room) {
        return user.page("rooms/lobby")
                .select("#r-" + room + " .mentions")
                .text()
                .replaceFirst(" .*", "");
    }
}
