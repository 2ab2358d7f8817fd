package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.PresenceListener;
import chat.klatsch.event.PresenceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RemoteNodesTest {
    private static final RoomId LOBBY = RoomId.LOBBY;
    private static final String OTHER = "0123456789abcdef";
    private static final PresenceReport ALICE_ONLY = new PresenceReport(Set.of(new UserId(1)));

    private final List<PresenceReport> reports = new ArrayList<>();
    private final RemoteNodes nodes = new RemoteNodes(List.of(new Recorder()), newNode -> {});

    @Test
    void users_whose_node_no_longer_reports_them_leave_when_the_presence_lease_expires() {
        update(1, ALICE_ONLY);
        pass(20);
        update(2, ALICE_ONLY);
        assertThatTheyLeaveAfter(27);
    }

    @Test
    void after_an_outage_the_presence_lease_is_shorter() {
        update(1, ALICE_ONLY);
        nodes.markUncertain();
        assertThatTheyLeaveAfter(7);
    }

    @Test
    void an_update_that_is_repeated_prolongs_the_presence_lease() {
        update(1, ALICE_ONLY);
        pass(20);
        update(1, ALICE_ONLY);
        assertThatTheyLeaveAfter(27);
    }

    @Test
    void an_update_that_a_later_one_has_overtaken_is_ignored() {
        update(2, PresenceReport.EMPTY);
        reports.clear();
        update(1, ALICE_ONLY);
        assertThat(reports).isEmpty();
    }

    @Test
    void an_update_with_a_forged_version_hides_later_ones_for_a_few_heartbeats_only() {
        update(Long.MAX_VALUE, PresenceReport.EMPTY);
        pass(7);
        update(3, ALICE_ONLY);
        assertThat(reports).containsExactly(PresenceReport.EMPTY, ALICE_ONLY);
    }

    @Test
    void forged_nodes_take_neither_unbounded_memory_nor_that_of_the_rooms() {
        List<Long> most = LongStream.range(0, PresenceReport.MAX_USERS).boxed().toList();
        for (int node = 0; node < 100; node++) {
            String id = String.format(Locale.ROOT, "%016x", node);
            assertThat(nodes.renew(id)).isTrue();
            nodes.onPresenceUpdate(LOBBY, id, new NodeMessage.PresenceUpdate(1, most));
        }
        assertThat(nodes.renew(OTHER)).isFalse();
        assertThat(reports.stream().mapToInt(report -> report.users().size()).sum())
                .isEqualTo(1_000_000);
    }

    private void update(long version, PresenceReport report) {
        assertThat(nodes.renew(OTHER)).isTrue();
        nodes.onPresenceUpdate(LOBBY, OTHER, NodeMessage.PresenceUpdate.of(version, report));
    }

    /** Lets heartbeats pass during which the other node is alive and does not report the room. */
    private void pass(int heartbeats) {
        for (int beat = 0; beat < heartbeats; beat++) {
            nodes.renew(OTHER);
            nodes.onHeartbeat(Set.of(LOBBY));
        }
    }

    /** Asserts one empty report at the next heartbeat, none before it, and none after it. */
    private void assertThatTheyLeaveAfter(int heartbeats) {
        reports.clear();
        pass(heartbeats);
        assertThat(reports).isEmpty();
        for (int more : new int[] {1, 100}) {
            pass(more);
            assertThat(reports).containsExactly(PresenceReport.EMPTY);
        }
    }

    private final class Recorder implements PresenceListener {
        @Override
        public void onPresenceReported(RoomId room, String node, PresenceReport report) {
            assertThat(room).isEqualTo(LOBBY);
            reports.add(report);
        }

        @Override
        public void onNodeLeft(String node) {
            throw new AssertionError("the node's own lease is renewed");
        }

        @Override
        public void onAvailabilityChanged(RoomId room, boolean available) {
            throw new AssertionError("nothing changes here");
        }
    }
}
