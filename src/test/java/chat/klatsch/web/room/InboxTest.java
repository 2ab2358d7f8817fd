package chat.klatsch.web.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the unread counts on a user's open pages. */
class InboxTest {
    private static final String DATABASE = "jdbc:h2:mem:inbox";

    @RegisterExtension
    static final ChatExtension chat =
            ChatExtension.with(config -> config.databaseUrl(DATABASE).limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient bob = chat.user("bob");

    @Test
    void unread_messages_are_counted_on_all_devices_until_one_reads_them() {
        ChatClient alice = chat.user("alice");
        String room = room("Kitchen", alice);
        ChatClient desk = screen(alice);
        ChatClient phone = screen(alice);
        posts(room, "one");
        posts(room, "two, @alice");
        for (ChatClient screen : List.of(desk, phone)) {
            await().until(() -> tab(screen, room).select(".count").text().startsWith("2"));
            assertThat(tab(screen, room).select(".mentions").text()).startsWith("@1");
            assertThat(title(screen)).isEqualTo("(2) Lobby · Klatsch");
        }
        phone.sends("{\"read\": 1}");
        await().until(() -> title(phone).equals("(2) Lobby · Klatsch"));
        ChatClient reading = screen(alice, room);
        reading.sends("{\"read\": 2}");
        for (ChatClient screen : List.of(desk, phone)) {
            await().until(() -> tab(screen, room).select(".count, .mentions").isEmpty());
            assertThat(title(screen)).isEqualTo("Lobby · Klatsch");
        }
        assertThat(alice.page("rooms/lobby").select(".count")).isEmpty();
        List.of(desk, phone, reading).forEach(ChatClient::close);
    }

    @Test
    void posting_marks_a_room_as_read_and_viewing_it_does_after_a_moment() {
        ChatClient carol = chat.user("carol");
        String room = room("Garden", carol);
        ChatClient hers = screen(carol, room);
        carol.post("rooms/" + room + "/messages", Map.of("body", "mine"));
        posts(room, "another's");
        await().until(() -> title(hers).equals("(1) Garden · Klatsch"));
        hers.sends("{\"read\": 999999}");
        await().until(() -> title(hers).equals("Garden · Klatsch"));
        posts(room, "after the end");
        await().until(() -> title(hers).equals("(1) Garden · Klatsch"));
        hers.close();
    }

    @Test
    void the_list_follows_invitations_joining_and_being_removed_from_a_room() {
        ChatClient dora = chat.user("dora");
        ChatClient hers = screen(dora);
        String room = room("Cellar");
        bob.post("rooms/" + room + "/members", Map.of("username", "dora"));
        await().until(() -> list(hers).select(".invitations").text().equals("1 invitation"));
        dora.post("rooms/" + room + "/join", Map.of());
        await().until(() -> list(hers).select("#r-" + room).text().contains("Cellar"));
        assertThat(list(hers).select(".invitations")).isEmpty();
        bob.post("rooms/" + room + "/about", Map.of("name", "Attic", "kind", "closed"));
        await().until(() -> list(hers).select("#r-" + room).text().contains("Attic"));
        bob.post("rooms/" + room + "/members/remove", Map.of("username", "dora"));
        await().until(() -> list(hers).select("#r-" + room).isEmpty());
        hers.close();
    }

    @Test
    void a_private_chat_shows_whether_the_other_user_is_online() {
        ChatClient emil = chat.user("emil");
        ChatClient frida = chat.user("frida");
        String room = emil.post("direct/frida", Map.of())
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst("/rooms/", "");
        ChatClient his = screen(emil);
        ChatClient hers = screen(frida);
        await().until(() -> !tab(his, room).select(".dot").isEmpty());
        hers.disconnect();
        await().until(() -> tab(his, room).select(".dot").isEmpty());
        his.close();
        hers.close();
    }

    @Test
    void a_message_in_one_of_a_thousand_rooms_is_one_small_frame() {
        ChatClient greta = chat.user("greta");
        String room = room("Hall", greta);
        try (Handle database = Jdbi.open(DATABASE)) {
            database.execute(
                    "insert into klatsch_rooms (id, name, kind) select 'r' || x, 'Room ' || x, 'closed' from system_range(1, 999)");
            database.execute("""
                    insert into klatsch_members (user_id, room_id, joined_at)
                    select u.id, r.id, current_timestamp from klatsch_users u cross join klatsch_rooms r
                    where u.username = 'greta' and r.id like 'r%' and r.name like 'Room %'
                    """);
        }
        ChatClient hers = screen(greta);
        int before = told(hers).size();
        posts(room, "for you among others");
        await().until(() -> title(hers).equals("(1) Lobby · Klatsch"));
        assertThat(told(hers)).hasSize(before + 1);
        assertThat(told(hers).get(before)).hasSizeLessThan(1_000);
        hers.close();
    }

    @Test
    void a_deletion_lowers_the_count_of_a_reader_who_has_scrolled_up() {
        ChatClient jana = chat.user("jana");
        String room = room("Porch", jana);
        ChatClient hers = screen(jana, room);
        posts(room, "one");
        posts(room, "two");
        await().until(() -> title(hers).equals("(2) Porch · Klatsch"));
        bob.post("rooms/" + room + "/messages/2/delete", Map.of());
        await().atMost(Duration.ofSeconds(2)).until(() -> title(hers).equals("(1) Porch · Klatsch"));
        hers.close();
    }

    @Test
    void the_mark_of_new_messages_is_at_the_first_that_counts() {
        ChatClient hans = chat.user("hans");
        String room = room("Loft", hans);
        posts(room, "one, deleted");
        ChatClient his = hans.in(room).connect();
        his.sends("{\"body\":\"two, my own\",\"key\":\"1\"}");
        his.sees("two, my own");
        posts(room, "three");
        posts(room, "four, deleted");
        bob.post("rooms/" + room + "/messages/1/delete", Map.of());
        bob.post("rooms/" + room + "/messages/4/delete", Map.of());
        Element page = hans.page("rooms/" + room).body();
        assertThat(page.select("#m-3 .first-new")).hasSize(1);
        assertThat(page.select(".first-new")).hasSize(1);
        assertThat(page.select("#unread a").attr("href")).isEqualTo("#m-3");
        assertThat(page.select("#r-" + room + " .count").text()).isEqualTo("1 unread");

        for (int n = 1; n <= 60; n++) {
            posts(room, "more " + n);
        }
        page = hans.page("rooms/" + room).body();
        assertThat(page.select("#unread a").text()).contains("(61)");
        assertThat(page.select("#unread a").attr("href")).endsWith("?at=1#m-1");
        assertThat(page.select(".first-new")).isEmpty();
        his.close();
    }

    @Test
    void a_page_that_was_away_gets_the_names_that_have_changed_since() {
        ChatClient ida = chat.user("ida");
        String named = bob.page("rooms/lobby").select("#named").val();
        ida.post("settings", Map.of("name", "Ida M.", "about", "", "zone", "UTC"));
        for (String seen : List.of(named, Integer.toString(Integer.parseInt(named) + 1))) {
            ChatClient screen = bob.tab().connect("rooms/lobby/live?resume");
            screen.sends("{\"after\": \"0\", \"listed\": \"\", \"named\": \"" + seen + "\"}");
            await().until(() -> !told(screen).isEmpty());
            await().until(() -> screen.online() > 0);
            assertThat(String.join("", screen.frames()).contains("Ida M.</hx-partial>"))
                    .isEqualTo(seen.equals(named));
            screen.close();
        }
    }

    /** Connects a page that shows the lobby and, beside it, the room list, which is still empty. */
    private ChatClient screen(ChatClient user) {
        return screen(user, "lobby");
    }

    private ChatClient screen(ChatClient user, String room) {
        ChatClient screen = user.tab().connect("rooms/" + room + "/live?resume");
        screen.sends("{\"after\": \"0\", \"listed\": \"\"}");
        await().until(() -> !told(screen).isEmpty());
        return screen;
    }

    private String room(String name, ChatClient... members) {
        String path = bob.post("rooms", Map.of("name", name, "kind", "closed"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        for (ChatClient member : members) {
            bob.in(path.replaceFirst("/rooms/", "")).admits(member);
        }
        return path.replaceFirst("/rooms/", "");
    }

    private void posts(String room, String body) {
        assertThat(bob.postStatus("rooms/" + room + "/messages", Map.of("body", body)))
                .isEqualTo(303);
    }

    /** Returns the frames that change the room list. */
    private static List<String> told(ChatClient screen) {
        return screen.frames().stream()
                .filter(frame -> frame.contains("<title>"))
                .toList();
    }

    private static String title(ChatClient screen) {
        String last = told(screen).stream().reduce("", (before, after) -> after);
        return last.replaceFirst("(?s).*<title>(.*)</title>.*", "$1");
    }

    private static Element list(ChatClient screen) {
        return Jsoup.parse(told(screen).stream()
                        .filter(frame -> frame.contains("room-list"))
                        .reduce("", (before, after) -> after))
                .body();
    }

    /** Returns a room's item in the list as it was last sent. */
    private Element tab(ChatClient screen, String room) {
        Element shown =
                Jsoup.parse(String.join("", told(screen))).select("#r-" + room).last();
        return shown == null ? new Element("li") : shown;
    }
}
