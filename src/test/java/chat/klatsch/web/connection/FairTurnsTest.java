package chat.klatsch.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.web.connection.FairTurns.Client;
import chat.klatsch.web.http.Network;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairTurnsTest {
    private static final Client BOT = client("192.0.2.1", "bot");
    private static final Client NEIGHBOUR = client("192.0.2.1", "neighbour");
    private static final Client ALICE = client("198.51.100.1", "alice");

    private final FairTurns turns = new FairTurns(4, 2, 3);
    private final List<String> log = new ArrayList<>();

    @Test
    void a_network_that_has_all_its_turns_leaves_the_others_to_other_networks() {
        assertThat(enter(BOT, "bot 1")).isTrue();
        assertThat(enter(BOT, "bot 2")).isTrue();
        assertThat(enter(BOT, "bot 3")).isFalse();
        assertThat(enter(ALICE, "alice")).isTrue();
    }

    @Test
    void a_turn_that_ends_begins_one_other() {
        enterAll(BOT, 4);
        turns.leave(BOT);
        assertThat(log).containsExactly("bot 3");
        turns.leave(BOT);
        assertThat(log).containsExactly("bot 3", "bot 4");
        turns.leave(BOT);
        turns.leave(BOT);
        assertThat(log).hasSize(2);
        assertThat(enter(BOT, "bot 5")).isTrue();
    }

    @Test
    void networks_take_turns_when_all_are_taken() {
        enterAll(BOT, 3);
        enterAll(client("203.0.113.1", "carol"), 2);
        assertThat(enter(ALICE, "alice 1")).isFalse();
        assertThat(enter(ALICE, "alice 2")).isFalse();
        enter(BOT, "bot 4");
        for (int i = 0; i < 4; i++) {
            turns.leave(i % 2 == 0 ? BOT : client("203.0.113.1", "carol"));
        }
        assertThat(log).containsExactly("alice 1", "bot 3", "alice 2", "bot 4");
    }

    @Test
    void a_client_with_several_requests_delays_itself_within_its_network() {
        enterAll(BOT, 4);
        enter(NEIGHBOUR, "neighbour");
        turns.leave(BOT);
        turns.leave(BOT);
        assertThat(log).containsExactly("neighbour", "bot 3");
    }

    @Test
    void a_client_whose_requests_have_all_been_handled_is_like_a_new_one() {
        enterAll(BOT, 3);
        turns.leave(BOT);
        turns.leave(BOT);
        enter(NEIGHBOUR, "neighbour 1");
        enter(NEIGHBOUR, "neighbour 2");
        turns.leave(BOT);
        enter(BOT, "bot again");
        turns.leave(NEIGHBOUR);
        assertThat(log).endsWith("bot again");
    }

    @Test
    void the_last_one_of_a_network_is_refused_if_too_many_wait() {
        enterAll(BOT, 5);
        enter(NEIGHBOUR, "neighbour");
        assertThat(log).containsExactly("refused bot 5");
        enter(BOT, "bot 6");
        assertThat(log).containsExactly("refused bot 5", "refused bot 6");
        assertThat(enter(ALICE, "alice")).isTrue();
    }

    private static Client client(String network, String session) {
        return new Client(new Network(network), session);
    }

    private void enterAll(Client client, int count) {
        for (int i = 1; i <= count; i++) {
            enter(client, client.session() + " " + i);
        }
    }

    private boolean enter(Client client, String name) {
        return turns.enter(client, new FairTurns.Waiter() {
            @Override
            public void begin() {
                log.add(name);
            }

            @Override
            public void refuse() {
                log.add("refused " + name);
            }
        });
    }
}
