package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.Seeds;
import chat.klatsch.live.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
    private final FrameQueue queue = new FrameQueue();

    @Test
    void every_frame_leaves_once_and_in_order_however_many_have_gathered() {
        Seeds.forEach(20, FrameQueueTest::everyFrameLeavesOnceAndInOrder);
    }

    private static void everyFrameLeavesOnceAndInOrder(RandomGenerator random) {
        FrameQueue queue = new FrameQueue();
        List<Frame> added = new ArrayList<>();
        List<Frame> taken = new ArrayList<>();
        for (int turn = 0; turn < 20; turn++) {
            for (int gathered = random.nextInt(12); gathered > 0; gathered--) {
                Frame frame = TextFrame.of("x".repeat(random.nextInt(1_000)), random.nextInt(8) == 0);
                assertThat(queue.add(frame)).as("there is room").isTrue();
                added.add(frame);
            }
            while (!queue.isEmpty()) {
                taken.addAll(queue.take());
            }
        }
        assertThat(taken).isEqualTo(added);
    }

    @Test
    void it_is_full_after_256_frames_and_takes_as_many_again_once_they_have_left() {
        Frame frame = TextFrame.of("x");
        for (int round = 0; round < 2; round++) {
            assertThat(IntStream.range(0, 256)).allMatch(n -> queue.add(frame));
            assertThat(queue.take()).hasSize(256);
        }
        assertThat(IntStream.range(0, 256)).allMatch(n -> queue.add(frame));
        assertThat(queue.add(frame)).isFalse();
    }

    @Test
    void it_is_full_after_256_kibibytes_and_takes_as_many_again_once_they_have_left() {
        Frame frame = TextFrame.of("x".repeat(64 * 1024));
        for (int round = 0; round < 2; round++) {
            assertThat(IntStream.range(0, 4)).allMatch(n -> queue.add(frame));
            assertThat(queue.take()).hasSize(4);
        }
        assertThat(IntStream.range(0, 4)).allMatch(n -> queue.add(frame));
        assertThat(queue.add(TextFrame.of("x"))).isFalse();
        queue.clear();
        assertThat(queue.add(frame)).isTrue();
    }

    @Test
    void a_single_frame_may_be_of_any_size() {
        assertThat(queue.add(TextFrame.of("x".repeat(1024 * 1024)))).isTrue();
        assertThat(queue.add(TextFrame.of("x"))).isFalse();
    }
}
