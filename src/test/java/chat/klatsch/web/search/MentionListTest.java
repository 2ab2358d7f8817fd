package chat.klatsch.web.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the list of messages that mention the viewer. */
class MentionListTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private static int users;

    private final ChatClient alice = chat.user("alice" + ++users);
    private final ChatClient bob = chat.user("bob");

    @Test
    void mentions_in_all_rooms_are_listed_newest_first_and_lead_to_their_messages() {
        ChatClient kitchen = bob.makes("Kitchen", "closed");
        kitchen.admits(alice);
        ChatClient chatting = bob.chatsWith(alice.username());
        String name = "@" + alice.username();
        alice.posts("of myself " + name);
        bob.posts("first " + name);
        kitchen.posts("second, " + name.toUpperCase(java.util.Locale.ROOT));
        bob.posts("to nobody");
        chatting.posts("third " + name);
        kitchen.posts("`" + name + "` and @" + bob.username());

        Document page = alice.page("mentions");
        assertThat(page.select(".result .excerpt").eachText())
                .containsExactly(
                        "third " + name, "second, " + name.toUpperCase(java.util.Locale.ROOT), "first " + name);
        assertThat(page.select(".result-room").eachText().get(0)).isEqualTo("Private chat with " + bob.username());
        assertThat(page.select(".new-mention")).hasSize(3);
        assertThat(alice.get(page.select(".result").get(1).attr("href").substring(1))
                        .headers()
                        .firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).contains(kitchen.room(), "?at=1#m-1"));
        assertThat(page.select(".sidebar a[href$=/mentions]").text()).contains("Mentions");

        alice.post(kitchen.at("read"), Map.of());
        assertThat(alice.page("mentions").select(".new-mention")).hasSize(2);
        kitchen.post(kitchen.at("messages/1/edit"), Map.of("body", "nobody"));
        chatting.post(chatting.at("messages/1/delete"), Map.of());
        assertThat(alice.page("mentions").select(".excerpt").eachText()).containsExactly("first " + name);
    }

    @Test
    void mentions_in_a_room_that_the_viewer_has_left_are_not_listed() {
        ChatClient kitchen = bob.makes("Kitchen " + bob.username(), "open");
        ChatClient hers = kitchen.admits(alice);
        kitchen.posts("secret @" + alice.username());
        assertThat(alice.page("mentions").select(".result")).hasSize(1);
        hers.post(hers.at("leave"), Map.of());
        assertThat(alice.page("mentions").select(".result")).isEmpty();
        assertThat(alice.page("mentions")
                        .select("[role=status]:not(#connection)")
                        .text())
                .startsWith("No mentions yet.");
        hers.post(hers.at("join"), Map.of());
        assertThat(alice.get("mentions").body()).doesNotContain("secret");
    }

    @Test
    void a_long_list_has_pages() {
        IntStream.rangeClosed(1, 45).forEach(n -> bob.posts("call " + n + " @" + alice.username()));
        Document page = alice.page("mentions");
        assertThat(page.select(".result")).hasSize(20);
        assertThat(page.select(".excerpt").first().text()).startsWith("call 45 ");
        page = alice.page(page.select("a.secondary").attr("href").substring(1));
        assertThat(page.select(".excerpt").first().text()).startsWith("call 25 ");
        page = alice.page(page.select("a.secondary").attr("href").substring(1));
        assertThat(page.select(".excerpt").eachText()).hasSize(5);
        assertThat(page.select("a.secondary")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.lobby", "1.lobby.1'", "-1.lobby.1"})
    void a_page_that_does_not_exist_is_refused(String before) {
        assertThat(alice.getStatus("mentions?before=" + before)).isEqualTo(400);
    }
}
