package chat.klatsch.web.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftsTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.MESSAGE_LENGTH, 100));

    private static int people;

    private ChatClient alice;

    @BeforeEach
    void join() {
        alice = chat.join("alice" + ++people);
    }

    @Test
    void a_draft_is_its_users_alone_in_one_room_as_it_was_typed() {
        ChatClient group = alice.makes("Group " + people, "closed");
        ChatClient bob = chat.join("bob" + people);
        assertThat(saves(alice, "K.1", "  half\r\n\r\na \u0000message\u0007 ", "at", "1"))
                .isEqualTo(204);

        assertThat(draft(alice)).isEqualTo("  half\n\na message ");
        assertThat(draft(group)).isEmpty();
        assertThat(draft(bob)).isEmpty();
        assertThat(marks(group)).containsExactly("r-lobby");
        assertThat(marks(bob)).isEmpty();
        assertThat(saves(group.tab(), "K.1", "another", "at", "1")).isEqualTo(204);
        assertThat(marks(alice)).hasSize(2);
        assertThat(draft(alice)).contains("half");

        // Another device, and without scripts.
        ChatClient phone = new ChatClient(chat.url(), alice.username()).signIn();
        assertThat(draft(phone)).contains("half");
        assertThat(new ChatClient(chat.url(), "nobody").postStatus(alice.at("draft"), Map.of("key", "a", "body", "b")))
                .isEqualTo(401);
        assertThat(bob.in(group.room()).postStatus(group.at("draft"), Map.of("key", "a", "body", "b")))
                .isEqualTo(404);
    }

    /** Saves "typed" with the first key and then the second text; the number orders saves of one key. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # key, at, text,    key, at, text,      then
            K.1,   2,  typed,   K.1, 3,  typed on,  typed on
            K.1,   2,  typed,   K.1, 1,  typ,       typed
            K.1,   2,  typed,   K.1, 3,  '',        ''
            K.1,   2,  typed,   K.1, 3,  ' \u00a0', ''
            K.1,   2,  typed,   K.1, 1,  '',        typed
            K.1,   2,  typed,   L.1, 1,  other tab, other tab
            K.1,   2,  typed,   L.1, 3,  '',        typed
            K.1,   2,  typed,   K.1, ,   discarded, discarded
            K.1,   ,   typed,   K.1, 9,  typ,       typed
            """)
    void the_last_save_wins(
            String key, String at, String text, String nextKey, String nextAt, String nextText, String expected) {
        saves(alice, key, text, "at", at == null ? "" : at);
        saves(alice, nextKey, nextText, "at", nextAt == null ? "" : nextAt);
        assertThat(draft(alice)).isEqualTo(expected);
        assertThat(marks(alice)).hasSize(expected.isEmpty() ? 0 : 1);
    }

    @Test
    void sending_deletes_the_draft_and_ignores_every_later_save_of_it() {
        saves(alice, "K.1", "hel", "at", "1");
        saves(alice, "K.2", "the next one", "at", "2");
        alice.posts("hello", "K.1");
        assertThat(draft(alice)).as("another composer's").isEqualTo("the next one");
        saves(alice, "K.1", "hell", "at", "5");
        assertThat(draft(alice)).isEqualTo("the next one");
        alice.posts("the next one!", "K.2");
        assertThat(draft(alice)).isEmpty();
        for (String sent : new String[] {"K.1", "K.2"}) {
            saves(alice, sent, "back again", "at", "9");
        }
        assertThat(draft(alice)).isEmpty();
        assertThat(marks(alice)).isEmpty();

        // A message whose first save arrives after it.
        ChatClient fresh = alice.makes("Fresh " + people, "closed");
        fresh.posts("quick", "Q.1");
        saves(fresh, "Q.1", "qui", "at", "1");
        assertThat(draft(fresh)).isEmpty();
        assertThat(saves(fresh, "Q.2", "slow", "at", "2")).isEqualTo(204);
        assertThat(draft(fresh)).isEqualTo("slow");
    }

    @Test
    void the_page_that_shows_a_draft_sends_or_erases_it_under_a_key_of_its_own() {
        saves(alice, "K.1", "hello", "at", "7");
        Document page = alice.page("rooms/lobby");
        String key = page.select("#composer [name=key]").attr("value");
        String shown = page.select("#composer [name=draft]").attr("value");
        assertThat(key).isNotEqualTo("K.1");
        saves(alice, "K.1", "hello, changed in the first tab", "at", "8");
        send(key, "hello", shown);
        assertThat(draft(alice)).isEqualTo("hello, changed in the first tab");

        page = alice.page("rooms/lobby");
        send(
                page.select("#composer [name=key]").attr("value"),
                "hello again",
                page.select("#composer [name=draft]").attr("value"));
        assertThat(draft(alice)).isEmpty();

        saves(alice, "K.1", "third", "at", "9");
        page = alice.page("rooms/lobby");
        assertThat(saves(
                        alice,
                        page.select("#composer [name=key]").attr("value"),
                        "",
                        "draft",
                        page.select("#composer [name=draft]").attr("value")))
                .isEqualTo(204);
        assertThat(draft(alice)).isEmpty();
    }

    @Test
    void a_reply_is_kept_with_its_quote_as_long_as_the_original_is() {
        long seq = alice.posts("What is for lunch?");
        saves(alice, "K.1", "Soup", "replyTo", "" + seq);
        Document page = alice.page("rooms/lobby");
        assertThat(page.select("#composer [name=replyTo]").attr("value")).isEqualTo("" + seq);
        assertThat(page.select("#composer .replying").text()).contains("What is for lunch?");
        alice.post(alice.at("messages/" + seq + "/delete"), Map.of());
        page = alice.page("rooms/lobby");
        assertThat(page.select("#composer [name=replyTo], #composer .replying")).isEmpty();
        assertThat(draft(alice)).isEqualTo("Soup");
    }

    @Test
    void a_text_that_is_too_long_to_send_is_kept_up_to_a_limit_that_is_told() {
        assertThat(saves(alice, "K.1", "\ud83d\ude00".repeat(300), "at", "1")).isEqualTo(204);
        assertThat(draft(alice)).hasSize(600);
        HttpResponse<String> refusal = alice.post(
                alice.at("draft"),
                Map.of("key", "K.1", "at", "2", "body", "x".repeat(301)),
                "Accept",
                "application/json");
        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(refusal.body()).contains("301").contains("300");
        assertThat(draft(alice)).hasSize(600);
        for (String key : new String[] {"", "a b", "x".repeat(101)}) {
            assertThat(saves(alice, key, "text", "at", "1")).isEqualTo(422);
        }
        assertThat(saves(alice, "K.1", "text", "at", "soon")).isEqualTo(400);
    }

    @Test
    void drafts_end_with_the_membership_the_room_and_the_account() {
        ChatClient bob = chat.join("bert" + people);
        ChatClient group = alice.makes("Open " + people, "open");
        ChatClient guest = bob.in(group.room());
        guest.post(guest.at("join"), Map.of());
        saves(guest, "K.1", "secret", "at", "1");
        guest.post(guest.at("leave"), Map.of());
        guest.post(guest.at("join"), Map.of());
        assertThat(draft(guest)).isEmpty();

        saves(guest, "K.1", "secret", "at", "1");
        saves(alice.in(group.room()), "K.1", "secret", "at", "1");
        assertThat(alice.postStatus(group.at("delete"), Map.of("name", "Open " + people)))
                .isEqualTo(303);
        ChatClient privately = bob.chatsWith(alice.username());
        saves(privately, "K.1", "secret", "at", "1");
        assertThat(bob.postStatus("settings/delete", Map.of("password", ChatClient.PASSWORD, "confirm", "yes")))
                .isEqualTo(303);
        assertThat(marks(alice)).isEmpty();
    }

    private void send(String key, String body, String shown) {
        assertThat(alice.postStatus(alice.at("messages"), Map.of("key", key, "body", body, "draft", shown)))
                .isEqualTo(303);
    }

    private static int saves(ChatClient user, String key, String body, String field, String value) {
        Map<String, String> form = new HashMap<>(Map.of("key", key, "body", body));
        form.put(field, value);
        return user.postStatus(user.at("draft"), form);
    }

    private static String draft(ChatClient user) {
        return user.page("rooms/" + user.room())
                .select("#composer [name=body]")
                .get(0)
                .wholeText();
    }

    /** Returns the ids of the list's rooms that have the mark. */
    private static java.util.List<String> marks(ChatClient user) {
        return user.page("rooms/lobby").select(".room-item:has(.unsent)").eachAttr("id");
    }
}
