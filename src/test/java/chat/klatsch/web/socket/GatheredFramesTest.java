package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatClient.Seen;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.StalledReader;
import chat.klatsch.message.Message;
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
    /** The messages in the first frame, which no operating system buffers: a write is pending until they are read. */
    private static final int PAGE = 100;

    private static final String LONG_TEXT = "x".repeat(25_000);
    private static final int READERS = 2;

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.POSTS_PER_MINUTE, 0).limit(Limit.MESSAGE_LENGTH, LONG_TEXT.length() + 10));

    private final ConcurrentSkipListMap<Long, String> stored = new ConcurrentSkipListMap<>();

    @Test
    void readers_that_pause_and_go_on_have_every_message_once_and_in_order() {
        chat.user("alice");
        inParallel(4, PAGE / 4, LONG_TEXT);
        ChatClient alice = chat.join("alice");
        ChatClient carol = chat.user("carol");
        List<StalledReader> readers = IntStream.range(0, READERS)
                .mapToObj(i -> new StalledReader(carol, "live?after=0"))
                .toList();
        await().until(() -> alice.online() == 2);

        for (int n = 0; n < 20; n++) {
            post("one by one " + n);
            delivered(alice, "one by one " + n);
        }
        long edited = stored.lastKey();
        assertThat(alice.postStatus("rooms/lobby/messages/" + edited + "/edit", Map.of("body", "edited")))
                .isEqualTo(303);
        stored.put(edited, "edited");
        for (int i = 0; i < READERS; i++) {
            readers.get(i).takes(i * 500_000);
        }
        inParallel(8, 5, "at the same time");
        post("last");
        delivered(alice, "last");

        for (StalledReader reader : readers) {
            List<StalledReader.Frame> frames = reader.readTo(">last<");
            assertThat(frames)
                    .as("many frames leave as one")
                    .anyMatch(frame -> ChatClient.messages(frame.text()).stream()
                                    .filter(message -> message.body().startsWith("one by one"))
                                    .count()
                            > 15);
            showsWhatIsStored(frames.stream().map(StalledReader.Frame::text).toList(), edited);
            reader.close();
        }
        ChatClient later = alice.tab().connectAfter(0);
        delivered(later, "last");
        showsWhatIsStored(later.frames(), edited);
        later.close();
    }

    /** Waits without parsing the many frames before. */
    private static void delivered(ChatClient reader, String text) {
        await().until(() -> reader.frames().stream().anyMatch(frame -> frame.contains(">" + text + "<")));
    }

    private void inParallel(int posters, int postsEach, String text) {
        List<CompletableFuture<Void>> all = IntStream.range(0, posters)
                .mapToObj(poster -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, postsEach).forEach(n -> post(text + " " + poster + ":" + n))))
                .toList();
        all.forEach(CompletableFuture::join);
    }

    private void post(String text) {
        Message message = chat.server().rooms().post(RoomId.LOBBY, "alice", text);
        stored.put(message.seq(), end(message.body()));
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - 30));
    }

    private void showsWhatIsStored(List<String> frames, long edited) {
        ConcurrentSkipListMap<Long, String> shown = new ConcurrentSkipListMap<>();
        List<Long> again = new ArrayList<>();
        for (Seen message : frames.stream()
                .flatMap(frame -> ChatClient.messages(frame).stream())
                .toList()) {
            if (shown.put(message.seq(), end(message.body())) != null) {
                again.add(message.seq());
            } else {
                assertThat(message.seq()).isEqualTo(shown.size());
            }
        }
        assertThat(shown).isEqualTo(stored);
        assertThat(again).isSubsetOf(edited).hasSizeLessThan(2);
    }
}
