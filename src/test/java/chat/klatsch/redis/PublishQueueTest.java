package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.RoomId;
import chat.klatsch.event.PresenceReport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublishQueueTest {
    private static final RoomId LOBBY = RoomId.LOBBY;

    private final PublishQueue queue = new PublishQueue(new RedisMetrics(new SimpleMeterRegistry()));

    @Test
    void of_what_waits_for_a_room_the_latest_is_published_once() throws InterruptedException {
        for (long version : new long[] {1, 3, 2}) {
            queue.addVersion(LOBBY, version);
            queue.addPresence(LOBBY, presence(version));
        }
        assertThat(taken()).containsExactlyInAnyOrder(new NodeMessage.RoomUpdated(LOBBY.value(), 3), presence(3));
        assertThat(taken()).isEmpty();
        queue.addVersion(LOBBY, 1);
        assertThat(taken()).containsExactly(new NodeMessage.RoomUpdated(LOBBY.value(), 1));
    }

    @Test
    void it_is_bounded_and_stays_up_to_date_when_it_is_full() throws InterruptedException {
        for (int room = 0; room < 10_001; room++) {
            queue.addVersion(new RoomId("room" + room), 1);
        }
        queue.addVersion(new RoomId("room0"), 2);
        assertThat(taken())
                .hasSize(10_000)
                .startsWith(new NodeMessage.RoomUpdated("room0", 2))
                .doesNotContain(new NodeMessage.RoomUpdated("room10000", 1));
    }

    private static NodeMessage.PresenceUpdate presence(long version) {
        return NodeMessage.PresenceUpdate.of(version, PresenceReport.EMPTY);
    }

    private List<NodeMessage> taken() throws InterruptedException {
        Stream<PublishQueue.Item> items = queue.take(Duration.ZERO).stream();
        return items.map(PublishQueue.Item::message).toList();
    }
}
