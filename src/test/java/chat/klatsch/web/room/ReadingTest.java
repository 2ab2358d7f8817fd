package chat.klatsch.web.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what is marked as read and as unread, and the line before the first unread message. */
class ReadingTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private static int rooms;

    private ChatClient alice;
    private ChatClient bob;

    @BeforeEach
    void start() {
        bob = chat.user("bob").makes("Room " + ++rooms, "open");
        alice = bob.admits(chat.user("alice" + rooms));
        bobPosts(1, 12);
    }

    @Test
    void a_page_shows_the_line_wherever_the_first_unread_message_is_loaded() {
        bobPosts(13, 130);
        marksRead(30);
        Element newest = page("");
        assertThat(newest.select("#unread a").text()).isEqualTo("Jump to first unread (100)");
        assertThat(newest.select("#unread a").attr("href")).endsWith("?at=31#m-31");
        assertThat(newest.select(".first-new")).isEmpty();
        assertThat(page("?at=31").select(".first-new").parents().is("#m-31")).isTrue();

        Element older = fragment(newest.select("#older").attr("hx-get"));
        assertThat(older.select(".message").first().id()).isEqualTo("m-31");
        assertThat(older.select("#m-31 .first-new")).hasSize(1);
        assertThat(fragment(older.select("#older").attr("hx-get")).select(".first-new"))
                .isEmpty();

        Element past = page("?at=1");
        assertThat(past.select(".first-new")).isEmpty();
        assertThat(fragment(past.select("#newer").attr("hx-get")).select("#m-31 .first-new"))
                .hasSize(1);
    }

    @Test
    void a_page_that_marks_messages_as_read_gets_the_count() {
        String answer = alice.post(alice.at("read"), Map.of("read", "4"), "HX-Request", "true")
                .body();
        assertThat(Jsoup.parse(answer).select("#unread a").text()).endsWith("(8)");
        assertThat(answer).contains("<title>(8) Room ");
    }

    @Test
    void a_page_of_older_messages_gets_its_counts_and_no_messages_until_it_reaches_the_newest() {
        ChatClient page = alice.tab().connect("rooms/" + alice.room() + "/live?resume");
        page.sends("{\"page\":\"older messages\",\"listed\":\"\"}");
        await().until(() -> text(page).endsWith("(12)"));
        bob.posts("the thirteenth");
        await().until(() -> text(page).endsWith("(13)"));
        assertThat(page.frames()).noneMatch(frame -> frame.contains("the thirteenth"));
        page.sends("{\"from\":1,\"read\":2,\"resets\":\"0\"}");
        page.sends("{\"from\":12,\"read\":13,\"resets\":\"0\"}");
        await().until(() -> count().isEmpty());

        page.sends("{\"after\":12,\"listed\":\"\"}");
        await().until(() -> page.frames().stream().anyMatch(frame -> frame.contains("the thirteenth")));
        page.close();
    }

    @Test
    void what_a_connection_has_seen_counts_once_it_reaches_the_first_unread_message() {
        alice.connect();
        for (String seen : List.of("10,12", "7,9", "2,6")) {
            String[] ends = seen.split(",");
            alice.sends("{\"from\":" + ends[0] + ",\"read\":\"" + ends[1] + "\",\"resets\":\"0\"}");
        }
        bob.posts("a moment later");
        alice.sends("{\"from\":1,\"read\":1,\"resets\":0}");
        await().until(() -> count().equals("1"));
        alice.close();
    }

    @Test
    void whoever_scrolls_down_fast_from_the_first_unread_message_has_read_what_was_passed() {
        alice.connect();
        alice.sends("{\"from\":11,\"read\":12,\"resets\":0}");
        alice.sends("{\"from\":1,\"read\":2,\"resets\":0}");
        await().until(() -> count().equals("10"));
        alice.sends("{\"from\":8,\"read\":9,\"resets\":0}");
        await().until(() -> count().equals("3"));
        alice.close();
    }

    @Test
    void messages_are_marked_as_unread_and_as_read_without_scripts() {
        marksRead(12);
        assertThat(alice.postStatus(alice.at("messages/9/unread"), Map.of())).isEqualTo(303);
        assertThat(count()).isEqualTo("4");
        assertThat(page("").select("#m-9 .first-new")).hasSize(1);
        assertThat(alice.postStatus(alice.at("messages/13/unread"), Map.of())).isEqualTo(404);

        Element form = page("").selectFirst("#unread form");
        assertThat(alice.postStatus(form.attr("action").substring(1), Map.of())).isEqualTo(303);
        assertThat(count()).isEmpty();
        assertThat(page("").select("#unread a, .first-new")).isEmpty();
    }

    @Test
    void marking_as_unread_shows_in_all_tabs_and_is_undone_by_none_that_was_open() {
        marksRead(12);
        ChatClient desk = screen();
        ChatClient phone = screen();
        alice.post(alice.at("messages/9/unread"), Map.of(), "HX-Request", "true");
        for (ChatClient tab : List.of(desk, phone)) {
            await().until(() -> text(tab).endsWith("(4)"));
            assertThat(last(tab, "#new-9").text()).isEqualTo("New");
            assertThat(last(tab, ".room-item .count").text()).isEqualTo("4 unread");
            tab.sends("{\"from\":1,\"read\":12,\"resets\":0}");
        }
        bob.posts("one more");
        await().until(() -> text(phone).endsWith("(5)"));
        String now = page("").select("#resets").val();
        desk.sends("{\"from\":9,\"read\":13,\"resets\":" + now + "}");
        for (ChatClient tab : List.of(desk, phone)) {
            await().until(() -> last(tab, "#unread a") == null);
            tab.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"messages/x/unread", "read?x", "messages/0/unread", "messages/-1/unread"})
    void nonsense_marks_nothing(String address) {
        assertThat(alice.postStatus(alice.at(address), Map.of("read", "x", "from", "-1")))
                .isBetween(400, 404);
        assertThat(count()).isEqualTo("12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"read\":-1}",
                "{\"read\":\"x\"}",
                "{\"read\":12,\"from\":-1}",
                "{\"read\":12,\"resets\":-1}",
                "{\"from\":1}",
                "{\"read\":12,\"from\":1,\"resets\":1}"
            })
    void a_frame_that_does_not_tell_what_is_read_marks_nothing(String frame) {
        alice.connect();
        alice.sends(frame);
        alice.sends("{\"read\":1}");
        await().until(() -> count().equals("11"));
        alice.close();
    }

    private static String text(ChatClient screen) {
        Element link = last(screen, "#unread a");
        return link == null ? "" : link.text();
    }

    private void bobPosts(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(n -> bob.posts("message " + n));
    }

    private void marksRead(long seq) {
        alice.post(alice.at("read"), Map.of("read", Long.toString(seq)));
    }

    /** Returns the unread count that another page shows for the room. */
    private String count() {
        return alice.page("rooms")
                .select("#r-" + alice.room() + " .count")
                .text()
                .replaceAll("\\D", "");
    }

    private Element page(String query) {
        return alice.page("rooms/" + alice.room() + query).body();
    }

    private Element fragment(String address) {
        return Jsoup.parse(alice.get(address.substring(1), "HX-Request", "true").body());
    }

    private ChatClient screen() {
        ChatClient screen = alice.tab().connect(alice.at("live?resume"));
        screen.sends("{\"after\": \"12\", \"listed\": \"\"}");
        await().until(() -> last(screen, "#room-list") != null);
        return screen;
    }

    /** Returns an element of the last frame that updates the room list. */
    private static Element last(ChatClient screen, String selector) {
        return Jsoup.parse(screen.frames().stream()
                        .filter(frame -> frame.contains("<title>"))
                        .reduce("", (before, after) -> after))
                .selectFirst(selector);
    }
}
