package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.fixture.Log;
import chat.klatsch.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Posts that gather while no thread is free to store them or to pass them on. */
class GatheredPostsTest extends SteppedRoomTest {
    @Test
    void a_room_takes_4096_posts_that_wait_and_refuses_more_until_they_are_stored() {
        List<CompletableFuture<Message>> waiting =
                IntStream.range(0, 4_096).mapToObj(n -> post("" + n)).toList();
        CompletableFuture<Message> refused = post("too many");
        assertThat(refusal(refused)).satisfies(refusal -> {
            assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(refusal.retryAfter()).isPositive();
        });
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        doAll();
        for (int n = 0; n < 4_096; n++) {
            assertThat(waiting.get(n)).isCompleted();
            assertThat(waiting.get(n).join().seq()).isEqualTo(n + 1);
        }
        CompletableFuture<Message> next = post("next");
        doAll();
        assertThat(next.join().seq()).isEqualTo(4_097);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ChatException(Kind.FORBIDDEN, "refusal.muted"), Kind.FORBIDDEN),
                Arguments.of(new IllegalStateException("cannot be stored"), Kind.FAILED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_post_that_fails_does_not_take_those_along_that_gathered_with_it(RuntimeException failure, Kind kind) {
        store.refuse("bad", failure);
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        List<CompletableFuture<Message>> all =
                Stream.of("a", "b", "bad", "c", "d").map(this::post).toList();
        try (Log log = new Log()) {
            doAll();
            assertThat(log.text().lines().filter(line -> line.contains("could not be stored")))
                    .hasSize(kind == Kind.FAILED ? 1 : 0);
        }
        assertThat(refusal(all.get(2)).kind()).isEqualTo(kind);
        assertThat(messages(screen)).containsExactly("a", "b", "c", "d");
        assertThat(Stream.of(0, 1, 3, 4).map(i -> all.get(i).join().seq())).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void posts_that_gather_while_the_store_is_away_are_all_answered() {
        store.away(true);
        List<CompletableFuture<Message>> all =
                IntStream.range(0, 300).mapToObj(n -> post("" + n)).toList();
        doAll();
        assertThat(all).allSatisfy(post -> assertThat(refusal(post).kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private static ChatException refusal(CompletableFuture<Message> post) {
        assertThat(post).isCompletedExceptionally();
        List<ChatException> refusals = new ArrayList<>();
        assertThatThrownBy(post::join)
                .isInstanceOf(CompletionException.class)
                .satisfies(failure -> refusals.add((ChatException) failure.getCause()));
        return refusals.get(0);
    }
}
