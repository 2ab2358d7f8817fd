package chat.klatsch.web.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what each member chooses for a room: which unread messages count, and whether it is starred. */
class PreferencesTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.POSTS_PER_MINUTE, 0).limit(Limit.ROOM_CHANGES_PER_MINUTE, 0));

    private static int rooms;

    private final ChatClient bob = chat.user("bob").makes("Room " + ++rooms, "open");
    private final ChatClient alice = bob.admits(chat.user("alice" + rooms));

    @ParameterizedTest
    @CsvSource({
        "all,      hello,       1, '',  (1)",
        "all,      'hi @me', 1, @1,  (1)",
        "mentions, hello,       '', '', ''",
        "mentions, 'hi @me', '', @1, (1)",
        "nothing,  hello,       '', '', ''",
        "nothing,  'hi @me', '', '', ''"
    })
    void only_messages_of_the_chosen_level_count(
            String level, String text, String count, String mentions, String total) {
        chooses(level);
        ChatClient screen = screen();
        bob.posts(text.replace("me", alice.username()));
        bob.posts("deleted @" + alice.username());
        bob.post(bob.at("messages/2/delete"), Map.of());
        Document page = alice.page("rooms");
        Element item = page.selectFirst("#r-" + alice.room());
        assertThat(item.select(".count").text().replace(" unread", "")).isEqualTo(count);
        assertThat(item.select(".mentions").text().replaceFirst(" .*", "")).isEqualTo(mentions);
        assertThat(item.hasClass("unread")).isEqualTo(!total.isEmpty());
        await().until(() -> list(screen, "#r-" + alice.room() + ".news") != null);
        assertThat(list(screen, "#r-" + alice.room() + ".unread") != null).isEqualTo(!total.isEmpty());
        await().until(() -> title(screen).equals((total + " Lobby · Klatsch").strip()));
        assertThat(alice.page("rooms/" + alice.room()).select("#unread a").text())
                .isEqualTo("Jump to first unread (1)");
        screen.close();
    }

    @Test
    void the_rooms_details_show_and_change_the_level() {
        Element form = alice.page(alice.at("about")).selectFirst("form[action$=/notifications]");
        assertThat(form.select("[checked]").val()).isEqualTo("all");
        chooses("mentions");
        assertThat(alice.page(alice.at("about")).select("[name=level][checked]").val())
                .isEqualTo("mentions");
        assertThat(bob.page(bob.at("about")).select("[name=level][checked]").val())
                .isEqualTo("all");
        for (String wrong : List.of("", "ALL", "loud", "all'--")) {
            assertThat(alice.postStatus(alice.at("notifications"), Map.of("level", wrong)))
                    .isEqualTo(400);
        }
        assertThat(alice.page(alice.at("about")).select("[name=level][checked]").val())
                .isEqualTo("mentions");
    }

    @Test
    void starred_rooms_are_on_top_of_the_list_at_once_on_all_devices() {
        ChatClient chatting = alice.chatsWith("bob");
        ChatClient screen = screen();
        assertThat(order()).startsWith("r-lobby");
        for (ChatClient starred : List.of(alice, chatting)) {
            assertThat(starred.postStatus(starred.at("star"), Map.of("on", "true")))
                    .isEqualTo(303);
        }
        assertThat(order()).startsWith("r-" + alice.room(), "r-" + chatting.room(), "r-lobby");
        assertThat(order()).doesNotHaveDuplicates();
        await().until(() -> list(screen, "#r-" + chatting.room() + " .star") != null);
        Element button = alice.page(alice.at("about")).selectFirst("form[action$=/star] button");
        assertThat(button.val()).isEqualTo("false");
        alice.post(alice.at("star"), Map.of("on", button.val()));
        assertThat(order()).startsWith("r-" + chatting.room(), "r-lobby");
        assertThat(alice.postStatus(alice.at("star"), Map.of("on", "maybe"))).isEqualTo(400);
        screen.close();
    }

    @Test
    void leaving_a_room_forgets_both() {
        chooses("nothing");
        alice.post(alice.at("star"), Map.of("on", "true"));
        alice.post(alice.at("leave"), Map.of());
        bob.admits(alice);
        Document details = alice.page(alice.at("about"));
        assertThat(details.select("[name=level][checked]").val()).isEqualTo("all");
        assertThat(details.selectFirst("form[action$=/star] button").val()).isEqualTo("true");
    }

    private void chooses(String level) {
        assertThat(alice.postStatus(alice.at("notifications"), Map.of("level", level)))
                .isEqualTo(303);
    }

    private List<String> order() {
        return alice.page("rooms").select(".room-item").eachAttr("id");
    }

    private ChatClient screen() {
        alice.post("rooms/lobby/read", Map.of());
        ChatClient screen = alice.in("lobby").connect("rooms/lobby/live?resume");
        screen.sends("{\"after\": \"0\", \"listed\": \"\"}");
        await().until(() -> list(screen, "#r-lobby") != null);
        return screen;
    }

    private static Element list(ChatClient screen, String selector) {
        return Jsoup.parse(String.join("", screen.frames())).select(selector).last();
    }

    private static String title(ChatClient screen) {
        return Jsoup.parse(String.join("", screen.frames()))
                .select("title")
                .last()
                .text();
    }
}
