package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PresenceTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.CONNECTIONS_PER_USER, 0).limit(Limit.CONNECTIONS_PER_ADDRESS, 0));

    @Test
    void a_user_with_two_tabs_is_present_until_both_are_closed() {
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        ChatClient secondTab = bob.tab().connect();
        await().until(() -> alice.online() == 2);
        int told = presenceFrames(alice);

        bob.disconnect();
        alice.posts("a message comes after what was told before it");
        alice.sees("a message comes after what was told before it");
        assertThat(alice.online()).isEqualTo(2);

        secondTab.disconnect();
        await().atMost(Duration.ofSeconds(2)).until(() -> alice.online() == 1);
        assertThat(presenceFrames(alice)).isEqualTo(told + 1);
    }

    @Test
    void a_reload_does_not_show_as_leaving() {
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        await().until(() -> alice.online() == 2);
        int told = presenceFrames(alice);
        bob.disconnect();
        ChatClient reloaded = bob.tab().connect();
        reloaded.disconnect();
        await().until(() -> alice.online() == 1);
        assertThat(presenceFrames(alice)).isEqualTo(told + 1);
    }

    @Test
    void present_users_are_listed_on_the_page_and_live() {
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        await().until(() -> alice.online() == 2);
        assertThat(bob.page("rooms/lobby").select("#members [data-author]").eachAttr("data-author"))
                .containsExactly("alice", "bob");
        assertThat(bob.page("rooms/lobby").select("#presence").attr("data-online"))
                .isEqualTo("2");
    }

    @Test
    void many_simultaneous_arrivals_cost_each_member_few_frames() {
        ChatClient alice = chat.join("alice");
        List<ChatClient> guests = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            guests.add(chat.user("guest" + i));
        }
        int told = presenceFrames(alice);
        guests.parallelStream().forEach(guest -> guest.connect("rooms/lobby/live"));
        await().until(() -> alice.online() == 13);
        assertThat(presenceFrames(alice) - told).isLessThanOrEqualTo(4);
        guests.forEach(ChatClient::close);
        await().until(() -> alice.online() == 1);
    }

    @Test
    void typing_users_are_named_until_they_post_or_stop() {
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        bob.sends("{\"typing\":true}");
        await().until(() -> typists(alice), typists -> typists.equals(List.of("bob")));
        bob.posts("done");
        await().until(() -> typists(alice), List::isEmpty);

        bob.sends("{\"typing\":true}");
        await().until(() -> typists(alice), typists -> typists.equals(List.of("bob")));
        await().atMost(Duration.ofSeconds(8)).until(() -> typists(alice), List::isEmpty);
    }

    private static int presenceFrames(ChatClient client) {
        return (int) client.frames().stream()
                .filter(frame -> frame.contains("id=\"presence\""))
                .count();
    }

    private static List<String> typists(ChatClient client) {
        return client.frames().stream()
                .map(Jsoup::parse)
                .filter(frame -> frame.selectFirst("#typing") != null)
                .map(frame -> frame.select(".typist").eachAttr("data-author"))
                .reduce(List.of(), (before, after) -> after);
    }
}
