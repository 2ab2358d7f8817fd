package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import chat.klatsch.core.RoomId;
import chat.klatsch.event.EventBus;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.Emoji;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What connections receive of posts that have gathered. */
class CatchUpTest extends SteppedRoomTest {
    @Test
    void more_posts_than_fit_into_one_frame_are_all_delivered_at_once() {
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        List<String> texts = posts(1_050);
        doAll();
        assertThat(messages(screen)).isEqualTo(texts);
    }

    @Test
    void whoever_returns_while_posts_gather_has_all_of_them_once() {
        List<String> texts = new ArrayList<>(posts(250));
        doAll();
        RecordingConnection here = new RecordingConnection(alice);
        rooms.enter(lobby, here, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        List<RecordingConnection> back = new ArrayList<>();
        for (int after = 0; after <= 250; after += 50) {
            texts.addAll(posts(30));
            RecordingConnection screen = new RecordingConnection(alice);
            rooms.enter(lobby, screen, OptionalLong.of(after), OptionalLong.empty());
            back.add(screen);
            // Only a part of the work, so that posts, pages and arrivals mix.
            IntStream.range(0, after / 50).forEach(n -> doNext());
        }
        doAll();
        assertThat(messages(here)).isEqualTo(texts.subList(250, texts.size()));
        for (int i = 0; i < back.size(); i++) {
            assertThat(messages(back.get(i))).isEqualTo(texts.subList(50 * i, texts.size()));
        }
    }

    @Test
    void whoever_reads_slowly_gets_a_page_whenever_the_one_before_has_been_read() {
        List<String> texts = new ArrayList<>(posts(350));
        RecordingConnection slow = new RecordingConnection(alice);
        slow.busy();
        rooms.enter(lobby, slow, OptionalLong.of(0), OptionalLong.empty());
        for (int page = 0; page < 4; page++) {
            for (int n = 0; n < 10; n++) {
                texts.addAll(posts(1));
                doAll();
            }
            assertThat(messages(slow)).hasSize(100 * page);
            slow.idle();
            doAll();
        }
        assertThat(messages(slow)).isEqualTo(texts);
        texts.addAll(posts(1));
        doAll();
        assertThat(messages(slow)).isEqualTo(texts);
    }

    @Test
    void an_older_announcement_does_not_hide_a_newer_one() {
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        posts(1);
        doAll();
        store.append(RoomId.LOBBY, List.of(new Draft(alice, "elsewhere", "")), Instant.now());
        bus.publish(new EventBus.Event.RoomUpdated(RoomId.LOBBY, 2));
        bus.publish(new EventBus.Event.RoomUpdated(RoomId.LOBBY, 1));
        doAll();
        assertThat(messages(screen)).containsExactly("0", "elsewhere");
    }

    @Test
    void a_message_that_was_changed_before_it_was_delivered_is_new_and_a_later_change_is_not() {
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        posts(1);
        doAll();
        // Another node's posts, more than fit into one frame, and a change of the first of them.
        store.append(
                RoomId.LOBBY,
                IntStream.range(1, 250)
                        .mapToObj(n -> new Draft(alice, "" + n, ""))
                        .toList(),
                Instant.now());
        announce(store.edit(RoomId.LOBBY, 2, alice.id(), new Edit("edited"), Instant.now()));
        assertThat(messages(screen)).hasSize(250).startsWith("0", "2", "3").endsWith("248", "249", "edited");
        announce(store.edit(RoomId.LOBBY, 2, alice.id(), new Edit("again"), Instant.now()));
        announce(store.edit(RoomId.LOBBY, 250, alice.id(), new Edit("last"), Instant.now()));
        assertThat(messages(screen)).endsWith("edited", "~again", "~last");
    }

    @Test
    void a_post_that_is_sent_again_comes_with_the_reactions_that_another_node_has_stored() {
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        Draft draft = new Draft(alice, "hello", "key");
        rooms.post(lobby, draft);
        doAll();
        store.react(RoomId.LOBBY, 1, alice.id(), Emoji.LIKE, Instant.now());
        rooms.post(lobby, draft);
        doAll();
        assertThat(messages(screen)).containsExactly("hello", "~hello+like");
    }

    @Test
    void whoever_returns_gets_as_changed_what_was_seen_before_and_all_else_as_new() {
        posts(3);
        doAll();
        store.edit(RoomId.LOBBY, 1, alice.id(), new Edit("edited"), Instant.now());
        posts(1);
        doAll();
        RecordingConnection back = new RecordingConnection(alice);
        rooms.enter(lobby, back, OptionalLong.of(3), OptionalLong.empty());
        RecordingConnection first = new RecordingConnection(alice);
        rooms.enter(lobby, first, OptionalLong.of(0), OptionalLong.empty());
        doAll();
        assertThat(messages(back)).containsExactly("~edited", "0");
        assertThat(messages(first)).containsExactly("1", "2", "edited", "0");
    }

    @Test
    void whoever_enters_twice_has_every_post_once() {
        posts(3);
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.of(0), OptionalLong.empty());
        doAll();
        rooms.enter(lobby, screen, OptionalLong.of(0), OptionalLong.empty());
        doAll();
        assertThat(messages(screen)).containsExactly("0", "1", "2");
    }

    @Test
    void whoever_leaves_before_there_was_time_to_enter_receives_nothing() {
        RecordingConnection here = new RecordingConnection(alice);
        rooms.enter(lobby, here, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        RecordingConnection gone = new RecordingConnection(alice);
        rooms.enter(lobby, gone, OptionalLong.of(0), OptionalLong.empty());
        rooms.leave(lobby, gone);
        posts(3);
        doAll();
        assertThat(messages(here)).containsExactly("0", "1", "2");
        assertThat(gone.frames()).isEmpty();
    }

    @Test
    void whoever_enters_while_the_store_is_away_is_there_when_it_is_back() {
        RecordingConnection here = new RecordingConnection(alice);
        rooms.enter(lobby, here, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        // Committed by another node, which this one does not know of yet.
        store.append(RoomId.LOBBY, List.of(new Draft(alice, "elsewhere", "")), Instant.now());
        store.away(true);
        RecordingConnection ahead = new RecordingConnection(alice);
        rooms.enter(lobby, ahead, OptionalLong.of(1), OptionalLong.empty());
        RecordingConnection behind = new RecordingConnection(alice);
        rooms.enter(lobby, behind, OptionalLong.of(0), OptionalLong.empty());
        doAll();
        store.away(false);
        posts(3);
        doAll();
        assertThat(messages(ahead)).containsExactly("0", "1", "2");
        assertThat(messages(behind)).containsExactly("elsewhere", "0", "1", "2");
        assertThat(messages(here)).containsExactly("elsewhere", "0", "1", "2");
    }

    @Test
    void a_version_that_the_room_does_not_have_keeps_nobody_busy() {
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        bus.publish(new EventBus.Event.RoomUpdated(RoomId.LOBBY, 1_000_000));
        assertThat(work).isNotEmpty();
        assertTimeoutPreemptively(Duration.ofSeconds(10), this::doAll, "the room's task ends");
        posts(3);
        doAll();
        assertThat(messages(screen)).containsExactly("0", "1", "2");
    }

    private void announce(long version) {
        bus.publish(new EventBus.Event.RoomUpdated(RoomId.LOBBY, version));
        doAll();
    }
}
