package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlidingLimitTest {
    private final SlidingLimit limit = new SlidingLimit(3, Duration.ofNanos(100));

    @Test
    void no_period_of_the_length_has_more_wherever_it_begins() {
        assertThat(take(-90, -20, -10)).containsExactly(true, true, true);
        assertThat(take(5, 9)).as("-90 is still within the period").containsExactly(false, false);
        assertThat(take(10, 79)).containsExactly(true, false);
        assertThat(take(80, 90, 91)).containsExactly(true, true, false);
    }

    private boolean[] take(long... times) {
        boolean[] taken = new boolean[times.length];
        for (int i = 0; i < times.length; i++) {
            taken[i] = limit.take(times[i]);
        }
        return taken;
    }
}
