package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import java.time.Instant;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresenceTimingTest {
    private final RoomSummaryCache summaryCache = new RoomSummaryCache(Optional::empty);
    private final Presence presence = new Presence(summaryCache, users -> List.of(), user -> false);
    private final User alice = new User(new UserId(1), "alice", "Alice");
    private final User bob = new User(new UserId(2), "bob", "Bob");
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");

    @BeforeEach
    void read() {
        summaryCache.refresh(now);
    }

    @Test
    void a_reload_does_not_show_as_leaving() {
        bothAreHere();
        presence.leave(bob, now);
        assertThat(changesAfter(400)).isEmpty();
        presence.join(bob);
        assertThat(changesAfter(5_000)).isEmpty();
    }

    @Test
    void a_departure_is_shown_within_two_seconds_even_right_after_another_update() {
        presence.join(alice);
        presence.join(bob);
        assertThat(changesAfter(0)).hasSize(1);
        presence.leave(bob, now);
        assertThat(changesAfter(600)).isEmpty();
        assertThat(presence.nextDeadline()).contains(Instant.parse("2026-11-24T10:00:01Z"));
        assertThat(changesAfter(400))
                .containsExactly(new RoomEvent.PresenceChanged(new Roster(1, List.of(alice), List.of(), 0, true)));
    }

    @Test
    void a_typing_indicator_expires_after_five_seconds() {
        bothAreHere();
        presence.onTyping(bob.id(), now);
        assertThat(changesAfter(0)).containsExactly(new RoomEvent.TypingChanged(List.of(bob)));
        assertThat(presence.nextDeadline()).contains(now.plusSeconds(5));
        assertThat(changesAfter(4_999)).isEmpty();
        assertThat(changesAfter(1)).containsExactly(new RoomEvent.TypingChanged(List.of()));
    }

    @Test
    void forged_typing_signals_are_not_shown_and_take_bounded_memory() {
        TypingUsers typing = new TypingUsers();
        guests(5_000).forEach(guest -> typing.add(guest.id(), now, id -> false));
        assertThat(typing.deadlines()).hasSize(1_000);
        bothAreHere();
        presence.onTyping(new UserId(3), now);
        assertThat(changesAfter(0)).isEmpty();
    }

    @Test
    void forged_typing_signals_keep_no_present_user_from_being_shown() {
        bothAreHere();
        presence.nextReport(now);
        presence.onTyping(alice.id(), now);
        for (int round = 0; round < 3; round++) {
            guests(1_500).forEach(guest -> presence.onTyping(guest.id(), now));
            presence.onTyping(alice.id(), now);
            presence.onTyping(bob.id(), now);
            changesAfter(3_000);
            assertThat(presence.state()).contains(new RoomEvent.TypingChanged(List.of(alice, bob)));
        }
    }

    @Test
    void a_user_who_comes_back_while_the_report_without_them_is_read_is_shown() {
        RemotePresence remote = new RemotePresence(users -> users.isEmpty() ? List.of() : List.of(bob));
        Set<UserId> comesBackWhenAsked = new AbstractSet<>() {
            @Override
            public boolean contains(Object user) {
                remote.onReport("a", Set.of(bob.id()));
                return false;
            }

            @Override
            public Iterator<UserId> iterator() {
                return List.<UserId>of().iterator();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        remote.onReport("a", Set.of(bob.id()));
        remote.refresh(now);
        remote.onReport("a", Set.of());
        remote.onReport("b", comesBackWhenAsked);
        remote.refresh(now.plusSeconds(1));
        remote.refresh(now.plusSeconds(2));
        assertThat(remote.users()).containsExactly(bob.id());
    }

    @Test
    void users_on_other_nodes_are_read_together_once_a_second_and_not_again_until_they_change() {
        List<Collection<UserId>> queries = new ArrayList<>();
        RemotePresence remote = new RemotePresence(users -> {
            queries.add(users);
            return users.contains(bob.id()) ? List.of(bob) : List.of();
        });
        remote.onReport("one", Set.of(bob.id(), new UserId(9)));
        remote.refresh(now);
        assertThat(remote.byName()).containsExactly(bob);
        remote.onReport("other", Set.of(alice.id(), bob.id()));
        remote.onReport("other", Set.of(bob.id()));
        remote.invalidate(bob.id());
        remote.refresh(now.plusMillis(999));
        assertThat(queries).containsExactly(Set.of(bob.id(), new UserId(9)));
        assertThat(remote.nextRefresh()).contains(now.plusSeconds(1));
        remote.refresh(now.plusSeconds(1));
        remote.refresh(now.plusSeconds(10));
        assertThat(queries).hasSize(2).last().isEqualTo(Set.of(bob.id()));
        remote.onReport("one", Set.of());
        remote.onReport("other", Set.of());
        remote.refresh(now.plusSeconds(10));
        assertThat(remote.byName()).isEmpty();
        assertThat(remote.users()).isEmpty();
    }

    @Test
    void at_most_fifty_members_are_shown_present_ones_first() {
        List<User> members = guests(60);
        RoomSummary summary = new RoomSummary("", Room.Kind.CLOSED, 60, members.subList(0, 50), Set.of());
        Roster few = Roster.of(2, List.of(members.get(1), members.get(59)), summary, true);
        assertThat(few.away()).hasSize(48).doesNotContain(members.get(1));
        assertThat(few.more()).isEqualTo(10);
        Roster many = Roster.of(55, members.subList(0, 50), summary, true);
        assertThat(many.away()).isEmpty();
        assertThat(many.more()).isEqualTo(10);
        Roster lobby = Roster.of(70, members.subList(0, 50), RoomSummary.UNKNOWN, true);
        assertThat(lobby.more()).isEqualTo(20);
    }

    private static List<User> guests(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new User(new UserId(n), String.format(Locale.ROOT, "guest%02d", n), "Guest"))
                .toList();
    }

    private void bothAreHere() {
        presence.join(alice);
        presence.join(bob);
        assertThat(changesAfter(2_000)).hasSize(1);
        now = now.plusSeconds(10);
    }

    private List<RoomEvent> changesAfter(long milliseconds) {
        now = now.plusMillis(milliseconds);
        List<RoomEvent> changes = presence.changes(now);
        presence.nextReport(now);
        return changes;
    }
}
