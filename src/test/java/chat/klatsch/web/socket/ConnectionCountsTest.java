package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectionCountsTest {
    private final ConnectionCounts<Integer> counts = new ConnectionCounts<>();

    @Test
    void nothing_is_kept_of_whoever_has_no_connection_left() {
        for (int connections = 1; connections <= 3; connections++) {
            int expected = connections;
            IntStream.range(0, 1_000)
                    .forEach(user -> assertThat(counts.add(user)).isEqualTo(expected));
        }
        for (int connections = 2; connections >= 0; connections--) {
            assertThat(counts.size()).isEqualTo(1_000);
            IntStream.range(0, 1_000).forEach(counts::remove);
            assertThat(counts.of(7)).isEqualTo(connections);
        }
        counts.remove(7);
        assertThat(counts.of(7)).isZero();
        assertThat(counts.size()).isZero();
    }
}
