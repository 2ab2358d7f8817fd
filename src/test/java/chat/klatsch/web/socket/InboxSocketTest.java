package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the connection of pages that show the list of rooms without a room. */
class InboxSocketTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.user("alice");
    private final ChatClient bob = chat.user("bob");

    @Test
    void a_page_beside_the_rooms_gets_their_counts_and_keeps_its_own_title() {
        ChatClient room = bob.makes("Kitchen", "closed");
        room.admits(alice);
        ChatClient settings = page("Settings & more</title>", room.room());
        room.posts("one");

        await().until(() -> last(settings).contains("<title>(1) Settings &amp; more&lt;/title&gt; · Klatsch</title>"));
        assertThat(last(settings)).contains("aria-current=\"true\"").contains(">1<span");
        room.in(room.room()).connect().close();
        alice.in(room.room()).connect().sends("{\"read\": 1}");
        await().until(() -> last(settings).contains("<title>Settings &amp; more"));
        settings.close();
    }

    @Test
    void the_user_is_online_for_others_but_not_in_a_room() {
        ChatClient chatting = bob.chatsWith("alice");
        ChatClient his = bob.tab().connect("rooms/lobby/live?resume");
        his.sends("{\"after\": 0, \"listed\": \"\"}");
        await().until(() -> String.join("", his.frames()).contains("r-" + chatting.room()));
        ChatClient settings = page("Settings", "");
        await().until(() -> his.frames().stream().anyMatch(frame -> frame.contains("\"dot\"")));
        assertThat(his.online()).isEqualTo(1);
        settings.close();
        his.close();
    }

    @Test
    void whoever_signs_out_is_told_and_disconnected() {
        ChatClient settings = page("Settings", "");
        alice.post("logout", Map.of());
        assertThat(settings.closeCode()).isEqualTo(1008);
        assertThat(settings.notices())
                .containsExactly("You are signed out. Sign in in another tab, then continue here.");
        alice.signIn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settings",
                "settings/account",
                "@bob",
                "rooms",
                "rooms/lobby/about",
                "search",
                "admin/users",
                "admin/rooms",
                "admin/messages",
                "admin/audit"
            })
    void every_page_of_the_chat_shows_the_list_and_connects_for_it(String path) {
        org.jsoup.nodes.Document page = alice.page(path);
        assertThat(page.select("#rooms #room-list a[href='/rooms/lobby']")).hasSize(1);
        assertThat(page.select("#live").attr("hx-ws:connect")).isEqualTo("/inbox/live?viewer=alice");
        assertThat(page.select("#listed").val()).isNotEmpty();
        assertThat(page.select("h1")).hasSize(1);
    }

    private ChatClient page(String title, String about) {
        ChatClient page = alice.tab().connect("inbox/live");
        page.sends("{\"page\": \"" + title + "\", \"listed\": \"\", \"current\": \"" + about + "\"}");
        await().until(() -> !last(page).isEmpty());
        return page;
    }

    private static String last(ChatClient page) {
        return page.frames().stream().filter(frame -> frame.contains("<title>")).reduce("", (before, after) -> after);
    }
}
