package chat.klatsch.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceRulesTest {
    private final Presence presence = new Presence();
    private final User alice = new User(new UserId(1), "alice", "Alice");
    private final User bob = new User(new UserId(2), "bob", "Bob");
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void a_reload_is_no_departure() {
        bothAreHere();
        presence.depart(bob, now);
        assertThat(newsAfter(400)).isEmpty();
        presence.arrive(bob);
        assertThat(newsAfter(5_000)).isEmpty();
    }

    @Test
    void a_departure_is_told_within_two_seconds_even_right_after_other_news() {
        presence.arrive(alice);
        presence.arrive(bob);
        assertThat(newsAfter(0)).hasSize(1);
        presence.depart(bob, now);
        assertThat(newsAfter(600)).isEmpty();
        assertThat(presence.due()).contains(Instant.parse("2026-11-24T10:00:01Z"));
        assertThat(newsAfter(400)).containsExactly(new RoomEvent.PresenceChanged(new Roster(1, List.of(alice), true)));
    }

    @Test
    void one_who_stops_writing_is_forgotten_after_five_seconds() {
        bothAreHere();
        presence.types(bob, now);
        assertThat(newsAfter(0)).containsExactly(new RoomEvent.TypingChanged(List.of(bob)));
        assertThat(presence.due()).contains(now.plusSeconds(5));
        assertThat(newsAfter(4_999)).isEmpty();
        assertThat(newsAfter(1)).containsExactly(new RoomEvent.TypingChanged(List.of()));
    }

    private void bothAreHere() {
        presence.arrive(alice);
        presence.arrive(bob);
        assertThat(newsAfter(2_000)).hasSize(1);
        now = now.plusSeconds(10);
    }

    private List<RoomEvent> newsAfter(long milliseconds) {
        now = now.plusMillis(milliseconds);
        List<RoomEvent> news = presence.news(now);
        presence.report(now);
        return news;
    }
}
