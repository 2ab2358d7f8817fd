package chat.klatsch.web.membership;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomChangeRateTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.ROOM_CHANGES_PER_MINUTE, 1));

    @RegisterExtension
    static final ChatExtension chatty = ChatExtension.with(config -> config.limit(Limit.PRIVATE_CHATS_PER_HOUR, 1));

    private static ChatClient room;

    /** The owner's first change is the only one in this minute. */
    @BeforeAll
    static void create() {
        chat.user("bob");
        room = chat.user("owner").makes("Room", "open");
    }

    @ParameterizedTest
    @CsvSource({
        "rooms, name, Another",
        "ROOM/join, '', ''",
        "ROOM/leave, '', ''",
        "direct/bob, '', ''",
        "ROOM/mute, username, bob",
        "ROOM/unmute, username, bob",
        "ROOM/about, name, Renamed",
        "ROOM/members, username, bob",
        "ROOM/members/remove, username, bob",
        "ROOM/transfer, username, bob",
        "ROOM/invitation, '', ''",
        "ROOM/invitation/revoke, '', ''",
        "ROOM/delete, '', ''"
    })
    void all_changes_to_rooms_and_memberships_share_one_rate(String path, String field, String typed) {
        HttpResponse<String> refused = room.post(
                path.replace("ROOM", "rooms/" + room.room()),
                Map.of("kind", "open", "key", "k" + path, "viewer", "owner", field.isEmpty() ? "x" : field, typed));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 61);
        Document page = Jsoup.parse(refused.body());
        assertThat(page.text()).contains("too fast");
        if (!typed.isEmpty()) {
            assertThat(page.select("form[method=post] [name=" + field + "]").val())
                    .isEqualTo(typed);
        }
    }

    @Test
    void private_chats_with_further_people_have_a_rate_of_their_own() {
        ChatClient erin = chatty.user("erin");
        ChatClient frank = chatty.user("frank");
        chatty.user("grace");
        String chat = erin.chatsWith("frank").room();
        HttpResponse<String> refused = erin.post("direct/grace", Map.of());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("too many people");
        assertThat(List.of(
                        erin.chatsWith("frank").room(), frank.chatsWith("erin").room()))
                .containsOnly(chat);
        assertThat(frank.postStatus("direct/grace", Map.of())).isEqualTo(303);
    }

    @Test
    void others_and_repeated_requests_are_not_refused() {
        ChatClient carol = chat.user("carol");
        Map<String, String> form = Map.of("name", "Once", "kind", "open", "key", "1");
        HttpResponse<String> first = carol.post("rooms", form);
        assertThat(first.statusCode()).isEqualTo(303);
        HttpResponse<String> again = carol.post("rooms", form);
        assertThat(again.statusCode()).isEqualTo(303);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(carol.postStatus("rooms", Map.of("name", "Twice", "kind", "open")))
                .isEqualTo(429);
        chat.user("dave").makes("Thrice", "open");
    }
}
