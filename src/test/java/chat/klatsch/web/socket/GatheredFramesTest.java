package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatMessage;
import chat.klatsch.Messages.Author;
import chat.klatsch.core.Limit;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatClient.Seen;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.StalledReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What gathers for readers that pause, compared with the store when they have read on. */
class GatheredFramesTest {
    /** Longer than what the operating system buffers if a hundred of it are one frame, so that its write is pending. */
    private static final String LONG_TEXT = "x".repeat(25_000);

    private static final int LONG_POSTS = 120;

    /** The cursor of a reader that is level after one frame. */
    private static final long ONE_PAGE = 20;

    private static final int GATHERED = 20;

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.POSTS_PER_MINUTE, 0).limit(Limit.MESSAGE_LENGTH, LONG_TEXT.length() + 10));

    private final Map<Long, String> stored = new ConcurrentSkipListMap<>();

    @Test
    void readers_that_pause_and_go_on_have_every_message_once_and_in_order() {
        ChatClient carol = fillTheRoom();
        try (StalledReader level = new StalledReader(carol, "live?after=" + ONE_PAGE);
                StalledReader behind = new StalledReader(carol, "live?after=0");
                ChatClient alice = chat.join("alice")) {
            await().until(() -> alice.online() == 2);
            gather(alice);
            String path = "rooms/lobby/messages/" + LONG_POSTS + "/edit";
            assertThat(alice.postStatus(path, Map.of("body", "edited"))).isEqualTo(303);
            stored.put((long) LONG_POSTS, "edited");
            level.takes(500_000);
            inParallel(8, 5, "at the same time");
            post("last");
            delivered(alice, "last");

            List<List<Seen>> frames = read(level);
            assertThat(frames)
                    .as("many frames leave as one")
                    .anyMatch(frame -> frame.stream()
                            .map(Seen::body)
                            .toList()
                            .containsAll(IntStream.range(0, GATHERED)
                                    .mapToObj(n -> "gathered " + n)
                                    .toList()));
            showsWhatIsStored(frames, ONE_PAGE);
            showsWhatIsStored(read(behind), 0);
        }
    }

    @Test
    void what_has_gathered_is_not_sent_to_a_session_that_has_ended() {
        ChatClient carol = fillTheRoom();
        try (StalledReader reader = new StalledReader(carol, "live?after=" + ONE_PAGE);
                ChatClient alice = chat.join("alice")) {
            await().until(() -> alice.online() == 2);
            gather(alice);
            carol.post("logout", Map.of());
            post("gathered later");
            assertThat(reader.takesTheRest())
                    .contains(end(LONG_TEXT), "access revoked")
                    .doesNotContain("gathered");
        }
    }

    /** Posts long messages and returns a user who has not read them. */
    private ChatClient fillTheRoom() {
        chat.user("alice");
        inParallel(4, LONG_POSTS / 4, LONG_TEXT);
        return chat.user("carol");
    }

    private void gather(ChatClient alice) {
        for (int n = 0; n < GATHERED; n++) {
            post("gathered " + n);
            delivered(alice, "gathered " + n);
        }
    }

    private void inParallel(int posters, int postsEach, String text) {
        List<CompletableFuture<Void>> all = IntStream.range(0, posters)
                .mapToObj(poster -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, postsEach).forEach(n -> post(text + " " + poster + ":" + n))))
                .toList();
        all.forEach(CompletableFuture::join);
    }

    private void post(String text) {
        ChatMessage message = chat.server().messages().post(RoomId.LOBBY, Author.person("alice"), text);
        stored.put(message.seq(), end(message.text()));
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - 30));
    }

    private static void delivered(ChatClient reader, String text) {
        await().until(() -> reader.frames().stream().anyMatch(frame -> frame.contains(">" + text + "<")));
    }

    private static List<List<Seen>> read(StalledReader reader) {
        return reader.readTo(">last<").stream()
                .map(frame -> ChatClient.messages(frame.text()))
                .toList();
    }

    private void showsWhatIsStored(List<List<Seen>> frames, long after) {
        Map<Long, String> shown = new ConcurrentSkipListMap<>();
        List<Long> again = new ArrayList<>();
        for (Seen message : frames.stream().flatMap(List::stream).toList()) {
            boolean isNew = shown.put(message.seq(), end(message.body())) == null;
            if (!isNew) {
                again.add(message.seq());
            } else if (message.seq() != LONG_POSTS) {
                assertThat(shown.keySet()).as("in order").allMatch(seq -> seq <= message.seq());
            }
        }
        Map<Long, String> expected = new ConcurrentSkipListMap<>(stored);
        expected.keySet().removeIf(seq -> seq <= after);
        assertThat(shown).isEqualTo(expected);
        assertThat(again).as("once").isSubsetOf((long) LONG_POSTS).hasSizeLessThan(2);
    }
}
