package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.StalledReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlowReaderTest {
    /** Fewer posts than may wait to be stored. */
    private static final int AHEAD = 1_000;

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    @Test
    void a_stalled_client_is_closed_and_catches_up_without_affecting_others() {
        int posts = 5_000;
        String text = "x".repeat(1_900);
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        ChatClient carol = chat.user("carol");
        try (StalledReader stalled = new StalledReader(carol)) {
            await().until(() -> alice.online() == 3);
            for (int n = 1; n <= posts; n++) {
                alice.sends("{\"body\":\"%s %s\",\"key\":\"%s\"}".formatted(n, text, n));
                if (n % AHEAD == 0) {
                    int seen = n - AHEAD;
                    await().atMost(Duration.ofSeconds(60))
                            .until(() -> bob.seen().size() >= seen);
                }
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> bob.seen().size() == posts);
            assertThat(bob.seen().stream().map(ChatClient.Seen::seq))
                    .isEqualTo(LongStream.rangeClosed(1, posts).boxed().toList());
            assertThat(bob.isConnected()).isTrue();
            await().until(() -> bob.online() == 2);
            stalled.readToTheEnd();

            carol.connectAfter(0);
            await().atMost(Duration.ofSeconds(60)).until(() -> carol.seen().size() == posts);
            assertThat(carol.seen()).isEqualTo(bob.seen());
        }
    }

    @Test
    void a_pong_does_not_interrupt_a_frame_that_is_being_written() {
        ChatClient alice = chat.join("alice");
        ChatClient carol = chat.user("carol");
        // More than the buffers of the operating system hold, which varies, and less than the limit of the send queue.
        assertThat(IntStream.of(275, 310, 345, 240).anyMatch(posts -> pongComesBetweenFrames(alice, carol, posts)))
                .isTrue();
    }

    /** Returns false if no frame is on its way when the ping comes, or more than the send queue takes. */
    private static boolean pongComesBetweenFrames(ChatClient alice, ChatClient carol, int posts) {
        String text = "x".repeat(1_900);
        String last = "%s of %s.".formatted(posts, posts);
        try (StalledReader stalled = new StalledReader(carol)) {
            await().until(() -> alice.online() == 2);
            for (int n = 1; n <= posts; n++) {
                alice.sends("{\"body\":\"%s of %s. %s\"}".formatted(n, posts, text));
            }
            await().until(() -> alice.bodies().stream().anyMatch(body -> body.startsWith(last)));
            stalled.pings("are you there?");

            List<StalledReader.Frame> frames;
            try {
                frames = stalled.readTo(last);
            } catch (UncheckedIOException cut) {
                return false;
            }
            if (!frames.get(frames.size() - 1).text().contains("%s of %s.".formatted(posts - 1, posts))) {
                return false;
            }
            alice.posts("goodbye");
            frames.addAll(stalled.readTo("goodbye"));
            assertThat(frames)
                    .contains(new StalledReader.Frame(StalledReader.PONG, "are you there?"))
                    .extracting(StalledReader.Frame::kind)
                    .containsOnly(StalledReader.TEXT, StalledReader.PONG);
            String all = frames.stream().map(StalledReader.Frame::text).collect(Collectors.joining());
            assertThat(IntStream.rangeClosed(1, posts)).allMatch(n -> all.contains(">%s of %s.".formatted(n, posts)));
            return true;
        }
    }
}
