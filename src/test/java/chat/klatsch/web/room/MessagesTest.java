package chat.klatsch.web.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.message.Emoji;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MessagesTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient alice = chat.join("alice");
    private final ChatClient bob = chat.join("bob");

    @Test
    void an_edit_appears_everywhere_and_is_marked_as_edited() {
        long seq = alice.posts("Good mourning");
        assertThat(alice.postStatus(path(seq, "/edit"), Map.of("body", "Good morning")))
                .isEqualTo(303);
        bob.sees("Good morning");
        Element shown = shown(bob, seq);
        assertThat(shown.selectFirst(".body").text()).isEqualTo("Good morning");
        assertThat(shown.select(".edited")).isNotEmpty();
        assertThat(bob.page("rooms/lobby").selectFirst("#m-" + seq + " .body").text())
                .isEqualTo("Good morning");
    }

    @Test
    void users_cannot_edit_or_delete_messages_of_others() {
        long seq = alice.posts("Mine");
        assertThat(bob.postStatus(path(seq, "/edit"), Map.of("body", "Yours"))).isEqualTo(403);
        assertThat(bob.getStatus(path(seq, "/edit"))).isEqualTo(403);
        assertThat(bob.postStatus(path(seq, "/delete"), Map.of())).isEqualTo(403);
        assertThat(shown(alice, seq).selectFirst(".body").text()).isEqualTo("Mine");
    }

    @Test
    void a_refused_edit_keeps_the_typed_text() {
        long seq = alice.posts("Short");
        String tooLong = "x".repeat(2001);
        HttpResponse<String> refusal = alice.post(path(seq, "/edit"), Map.of("body", tooLong));
        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refusal.body()).selectFirst("textarea").val()).isEqualTo(tooLong);
        assertThat(alice.postStatus(path(seq, "/edit"), Map.of("body", " \u2800")))
                .isEqualTo(422);
        assertThat(alice.postStatus(path(seq, "/edit"), Map.of())).isEqualTo(422);
    }

    @Test
    void a_deleted_message_leaves_only_a_placeholder_also_in_quotes() {
        long seq = alice.posts("The secret is 12345");
        alice.post(path(seq, "/reactions"), Map.of("emoji", "wow"));
        long answer = answers(bob, seq, "You should not have said that");
        await().until(() -> shown(alice, answer).select(".quote").text().contains("12345"));

        assertThat(alice.postStatus(path(seq, "/delete"), Map.of())).isEqualTo(303);
        await().until(() -> shown(bob, seq).select(".deleted").size() == 1);
        await().until(() -> !shown(bob, answer).select(".quote").text().contains("12345"));
        assertThat(bob.get("rooms/lobby").body()).doesNotContain("12345");
        assertThat(bob.get("rooms/lobby/messages?after=0").body()).doesNotContain("12345");
        assertThat(alice.postStatus(path(seq, "/edit"), Map.of("body", "again")))
                .isEqualTo(404);
        assertThat(alice.postStatus(path(seq, "/reactions"), Map.of("emoji", "like")))
                .isEqualTo(404);
    }

    @Test
    void a_reply_to_a_deleted_message_is_sent_without_the_quote_over_each_way() {
        long seq = alice.posts("The secret is 54321");
        assertThat(bob.get(path(seq, "/reply"), "HX-Request", "true").body())
                .contains("data-excerpt=\"" + seq + "\"", "54321");
        alice.post(path(seq, "/delete"), Map.of());
        await().until(() -> Jsoup.parse(String.join("", bob.frames()))
                .select("[hx-target=[data-excerpt='" + seq + "']]")
                .text()
                .equals("This message was deleted."));

        long answer = answers(bob, seq, "half a reply");
        assertThat(shown(alice, answer).select(".body").text()).isEqualTo("half a reply");
        assertThat(shown(alice, answer).select(".quote")).isEmpty();
        bob.sends("{\"body\":\"another\",\"key\":\"1\",\"replyTo\":" + seq + "}");
        alice.sees("another");
        assertThat(bob.page("rooms/lobby").select("#m-" + (answer + 1) + " .quote"))
                .isEmpty();
        var composer =
                Jsoup.parse(bob.get(path(seq, "/reply"), "HX-Request", "true").body());
        assertThat(composer.select("[name=replyTo], .replying")).isEmpty();
        assertThat(bob.postStatus(
                        "rooms/lobby/messages", Map.of("body", "?", "replyTo", "999999"), "Accept", "application/json"))
                .isEqualTo(404);
    }

    @Test
    void resending_a_deleted_message_does_not_restore_it() {
        long seq = alice.posts("Once", "the-key");
        alice.post(path(seq, "/delete"), Map.of());
        assertThat(alice.posts("Once", "the-key")).isEqualTo(seq);
        assertThat(bob.page("rooms/lobby").select("#m-" + seq + " .deleted")).hasSize(1);
    }

    @Test
    void a_second_deletion_is_done_like_the_first() {
        long seq = alice.posts("Nobody should read this");
        String version = alice.page("rooms/lobby").selectFirst("#cursor").val();
        for (int press = 0; press < 2; press++) {
            assertThat(alice.postStatus(path(seq, "/delete"), Map.of())).isEqualTo(303);
            assertThat(alice.postStatus(path(seq, "/delete"), Map.of(), "HX-Request", "true"))
                    .isEqualTo(200);
        }
        assertThat(bob.postStatus(path(seq, "/delete"), Map.of())).isEqualTo(403);
        assertThat(alice.page("rooms/lobby").selectFirst("#cursor").val())
                .as("it was changed once")
                .isEqualTo(Long.toString(Long.parseLong(version) + 1));
    }

    @Test
    void a_repeated_reaction_changes_nothing() {
        long seq = alice.posts("Cake in the kitchen");
        for (String on : new String[] {"", "true", "true"}) {
            assertThat(bob.postStatus(path(seq, "/reactions"), Map.of("emoji", "love", "on", on)))
                    .isEqualTo(303);
            assertThat(stored(seq)).containsExactly("bob");
        }
        for (int press = 0; press < 2; press++) {
            assertThat(bob.postStatus(path(seq, "/reactions"), Map.of("emoji", "love", "on", "false")))
                    .isEqualTo(303);
            assertThat(stored(seq)).isEmpty();
        }
        assertThat(bob.postStatus(path(seq, "/reactions"), Map.of("emoji", "love", "on", "perhaps")))
                .isEqualTo(400);
    }

    @Test
    void the_menu_of_a_message_knows_the_viewers_reactions() {
        long seq = alice.posts("Cake in the kitchen");
        reacts(bob, seq, "love");
        assertThat(pressed(bob, seq)).containsExactly("love");
        assertThat(pressed(alice, seq)).isEmpty();
    }

    @Test
    void any_emoji_of_the_list_is_a_reaction_up_to_twenty_for_a_message() {
        long seq = alice.posts("Cake in the kitchen");
        Elements listed = bob.page(path(seq, "/emoji")).select("#emoji button");
        assertThat(listed).hasSize(96);
        assertThat(bob.page(path(seq, "/emoji") + "?q=red+heart")
                        .select("#emoji button")
                        .first()
                        .val())
                .isEqualTo("love");
        assertThat(bob.page(path(seq, "/emoji") + "?q=" + "x".repeat(20)).select("#emoji button"))
                .isEmpty();
        List<String> chosen = listed.eachAttr("value").subList(0, Emoji.MAX_PER_MESSAGE);
        chosen.forEach(emoji -> reacts(bob, seq, emoji));
        assertThat(bob.postStatus(path(seq, "/reactions"), Map.of("emoji", "🦊")))
                .isEqualTo(422);
        reacts(alice, seq, chosen.get(3));
        reacts(bob, seq, chosen.get(3));
        // Keyboards differ in the character that asks for a coloured symbol.
        assertThat(bob.postStatus(path(seq, "/reactions"), Map.of("emoji", chosen.get(7), "on", "false")))
                .isEqualTo(303);
        reacts(alice, seq, "❤");
        await().untilAsserted(
                        () -> assertThat(shown(alice, seq).select(".reaction").eachAttr("value"))
                                .hasSize(Emoji.MAX_PER_MESSAGE)
                                .startsWith("love")
                                .doesNotContain(chosen.get(7)));
    }

    @Test
    void a_reaction_is_added_once_and_removed_on_request() {
        long seq = alice.posts("Cake in the kitchen");
        reacts(alice, seq, "love");
        reacts(bob, seq, "love");
        reacts(bob, seq, "cheer");
        await().until(() -> shown(alice, seq).select(".reaction").size() == 2);
        Element love = shown(alice, seq).selectFirst(".reaction[value=love]");
        assertThat(love.attr("data-by")).isEqualTo("alice bob");
        assertThat(love.text()).contains("2");
        reacts(bob, seq, "love");
        assertThat(bob.postStatus(path(seq, "/reactions"), Map.of("emoji", "love", "on", "false")))
                .isEqualTo(303);
        await().until(() -> shown(alice, seq)
                .selectFirst(".reaction[value=love]")
                .attr("data-by")
                .equals("alice"));
        assertThat(bob.postStatus(path(seq, "/reactions"), Map.of("emoji", "💩 ")))
                .isEqualTo(422);
    }

    @Test
    void a_reply_quotes_the_current_version_of_a_message() {
        long seq = alice.posts("Tea or coffee?");
        long answer = answers(bob, seq, "Coffee");
        alice.post(path(seq, "/edit"), Map.of("body", "Tea, coffee or cocoa?"));
        await().until(() -> shown(alice, answer).select(".quote").text().contains("cocoa"));
        assertThat(bob.postStatus(
                        "rooms/lobby/messages", Map.of("body", "?", "replyTo", "999999"), "Accept", "application/json"))
                .isEqualTo(404);
    }

    @Test
    void a_reconnecting_client_gets_each_changed_message_once_in_its_current_version() {
        long changed = alice.posts("first version");
        long gone = alice.posts("to be deleted");
        String cursor = bob.page("rooms/lobby").selectFirst("#cursor").val();
        alice.post(path(changed, "/edit"), Map.of("body", "second version"));
        alice.post(path(changed, "/edit"), Map.of("body", "third version"));
        alice.post(path(gone, "/delete"), Map.of());
        long fresh = alice.posts("new meanwhile");
        alice.post(path(fresh, "/edit"), Map.of("body", "new and edited"));

        ChatClient back = bob.tab().connectAfter(Long.parseLong(cursor));
        back.sees("new and edited");
        assertThat(back.seen()).extracting(ChatClient.Seen::seq).containsExactly(changed, gone, fresh);
        assertThat(back.bodies()).containsExactly("third version", "This message was deleted.", "new and edited");
        // New messages are inserted in order, and known ones are replaced in place.
        String frames = String.join("", back.frames());
        assertThat(Jsoup.parse(frames).select("hx-upsert [data-seq]").eachAttr("data-seq"))
                .containsExactly(Long.toString(fresh));
        back.close();
    }

    @Test
    void a_link_opens_the_message_with_those_around_it() {
        long first = alice.posts("message 1");
        for (int n = 2; n <= 80; n++) {
            alice.posts("message " + n);
        }
        assertThat(bob.get("rooms/lobby/messages/" + (first + 20)).headers().firstValue("Location"))
                .hasValueSatisfying(
                        location -> assertThat(location).endsWith("at=" + (first + 20) + "#m-" + (first + 20)));
        var page = bob.page("rooms/lobby?at=" + (first + 20));
        assertThat(page.select("#m-" + first + ", #m-" + (first + 20) + ", #m-" + (first + 40)))
                .hasSize(3);
        assertThat(page.select("#newer")).hasSize(1);
        assertThat(page.select("#subscribe[hx-include~=cursor]")).isEmpty();
        String newer = bob.get("rooms/lobby/messages?newer=" + (first + 44)).body();
        assertThat(ChatClient.messages(newer)).hasSize(35);
        assertThat(Jsoup.parse(newer).select("#subscribe[hx-include~=cursor]")).hasSize(1);
        assertThat(ChatClient.messages(
                        bob.get("rooms/lobby/messages?around=" + (first + 20)).body()))
                .extracting(ChatClient.Seen::seq)
                .contains(first, first + 20, first + 40);
    }

    @Test
    void a_message_that_was_changed_during_a_long_absence_is_inserted() {
        long version = Long.parseLong(bob.page("rooms/lobby").select("#cursor").val());
        long changed = alice.posts("first version");
        for (int n = 1; n <= 210; n++) {
            alice.posts("message " + n);
        }
        alice.post(path(changed, "/edit"), Map.of("body", "second version"));
        ChatClient late = bob.tab().connectAfter(version);
        late.sees("second version");
        assertThat(Jsoup.parse(String.join("", late.frames())).select("hx-upsert > #m-" + changed + " .body"))
                .extracting(Element::text)
                .containsExactly("second version");
        late.close();
    }

    @Test
    void links_to_missing_messages_are_not_found() {
        for (String path : new String[] {"/999999", "/0", "/999999/edit", "/999999/reply"}) {
            assertThat(alice.getStatus("rooms/lobby/messages" + path)).isEqualTo(404);
        }
        assertThat(alice.getStatus("rooms/lobby/messages/-1")).isEqualTo(400);
        assertThat(alice.getStatus("rooms/lobby/messages/x")).isEqualTo(400);
        assertThat(alice.postStatus("rooms/lobby/messages/999999/delete", Map.of()))
                .isEqualTo(404);
        assertThat(alice.getStatus("rooms/lobby/messages?before=1&after=1")).isEqualTo(400);
    }

    private List<String> stored(long seq) {
        return alice.page("rooms/lobby").select("#m-" + seq + " .reaction").eachAttr("data-by");
    }

    private static List<String> pressed(ChatClient user, long seq) {
        return Jsoup.parse(user.get(path(seq, ""), "HX-Request", "true").body())
                .select("[aria-pressed=true]")
                .eachAttr("value");
    }

    private static void reacts(ChatClient user, long seq, String emoji) {
        assertThat(user.postStatus(path(seq, "/reactions"), Map.of("emoji", emoji)))
                .isEqualTo(303);
    }

    private static long answers(ChatClient user, long seq, String body) {
        HttpResponse<String> response = user.post(
                "rooms/lobby/messages",
                Map.of("body", body, "replyTo", Long.toString(seq)),
                "Accept",
                "application/json");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Long.parseLong(response.body().replaceAll("\\D", ""));
    }

    private static String path(long seq, String rest) {
        return "rooms/lobby/messages/" + seq + rest;
    }

    /** Returns a message as it was last sent to this user. */
    private static Element shown(ChatClient user, long seq) {
        await().until(() -> user.frames().stream().anyMatch(frame -> frame.contains("id=\"m-" + seq + "\"")));
        return Jsoup.parse(String.join("", user.frames())).select("#m-" + seq).last();
    }
}
