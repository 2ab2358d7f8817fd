package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.PresenceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemoteNodesTest {
    private static final RoomId LOBBY = RoomId.LOBBY;
    private static final String OTHER = "0123456789abcdef";
    private static final User ALICE = new User(new UserId(1), "alice", "Alice");
    private static final PresenceReport SOMEBODY = new PresenceReport(Set.of(ALICE.id()), List.of(ALICE));

    private final List<Event> heard = new ArrayList<>();
    private final RemoteNodes others = new RemoteNodes(heard::add, asked -> {});

    private void says(long version, PresenceReport people) {
        assertThat(others.heardOf(OTHER)).isTrue();
        others.attending(LOBBY, OTHER, NodeMessage.PresenceUpdate.of(version, people));
    }

    /** Lets this number of heartbeats arrive from a node that does not report the room. */
    private void pass(int beats) {
        for (int beat = 0; beat < beats; beat++) {
            others.heardOf(OTHER);
            others.age(Set.of(LOBBY));
        }
    }

    /** Checks that the users expire at the next heartbeat, neither earlier nor twice. */
    private void assertGoneAfter(int beats) {
        heard.clear();
        pass(beats);
        assertThat(heard).isEmpty();
        for (int more : new int[] {1, 100}) {
            pass(more);
            assertThat(heard).containsExactly(new Event.PresenceReported(LOBBY, OTHER, PresenceReport.NOBODY));
        }
    }

    @Test
    void users_of_a_room_expire_when_their_node_stops_reporting_the_room() {
        says(1, SOMEBODY);
        pass(20);
        says(2, SOMEBODY);
        assertGoneAfter(27);
    }

    @Test
    void users_expire_sooner_after_an_outage() {
        says(1, SOMEBODY);
        others.doubt();
        assertGoneAfter(7);
    }

    @Test
    void an_older_report_that_arrives_later_is_ignored() {
        says(2, PresenceReport.NOBODY);
        heard.clear();
        says(1, SOMEBODY);
        assertThat(heard).isEmpty();
    }
}
