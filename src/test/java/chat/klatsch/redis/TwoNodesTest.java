package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.TwoNodes;
import chat.klatsch.web.socket.HeartbeatSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests two servers with one database and one Redis server that fails. */
class TwoNodesTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    /** A node expires after seven missed heartbeats. */
    private static final Duration BEAT = Duration.ofMillis(300);

    private static final Duration RECHECK = Duration.ofSeconds(1);

    private static TwoNodes nodes;

    private ChatClient alice;
    private ChatClient bob;

    @BeforeAll
    static void start() {
        nodes = new TwoNodes(
                postgres,
                config -> config.redisHeartbeat(BEAT)
                        .heartbeatSettings(new HeartbeatSettings(HeartbeatSettings.STANDARD.heartbeat(), RECHECK)));
        new ChatClient(nodes.one().url(), "alice").signUp();
        new ChatClient(nodes.one().url(), "bob").signUp();
    }

    /** Connects Alice to one node and Bob to the other, and waits until each sees the other. */
    @BeforeEach
    void meet() {
        nodes.redis().start();
        alice = new ChatClient(nodes.one().url(), "alice").signIn().connect();
        bob = new ChatClient(nodes.other().url(), "bob").signIn().connect();
        await().until(() -> presence(alice).equals("2 online"));
        await().until(() -> presence(bob).equals("2 online"));
    }

    @AfterEach
    void part() {
        alice.close();
        bob.close();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void messages_and_typing_reach_the_other_node_immediately() {
        alice.sends("{\"typing\":true}");
        await().until(() -> !last(bob, "#typing [data-author=alice]").isEmpty());
        alice.posts("Are you there?");
        await().atMost(Duration.ofSeconds(1)).until(() -> bob.bodies().contains("Are you there?"));
        bob.posts("Yes");
        alice.sees("Yes");
        assertThat(alice.seen()).isEqualTo(bob.seen()).hasSize(2);
    }

    @Test
    void a_user_with_tabs_on_both_nodes_is_present_until_both_are_closed() {
        try (ChatClient tab = new ChatClient(nodes.one().url(), "bob").signIn().connect()) {
            await().during(Duration.ofSeconds(1))
                    .until(() -> alice.online() == 2 && bob.online() == 2 && tab.online() == 2);
            bob.disconnect();
            await().during(Duration.ofSeconds(2)).until(() -> alice.online() == 2 && tab.online() == 2);
            tab.disconnect();
            await().atMost(Duration.ofSeconds(2)).until(() -> alice.online() == 1);
        }
    }

    @Test
    void a_draft_on_one_node_is_marked_on_the_other_until_it_is_sent_there() {
        try (ChatClient tab = new ChatClient(nodes.other().url(), "alice").signIn()) {
            tab.connect("rooms/lobby/live?resume");
            tab.sends("{\"after\":0,\"listed\":\"\"}");
            await().until(() -> !last(tab, "#r-lobby").isEmpty());
            alice.post("rooms/lobby/draft", Map.of("key", "K.1", "body", "half"));
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> last(tab, "#r-lobby").contains("Draft"));
            tab.posts("half a message", "K.1");
            assertThat(alice.postStatus("rooms/lobby/draft", Map.of("key", "K.1", "body", "half a")))
                    .isEqualTo(204);
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> !last(tab, "#r-lobby").contains("Draft"));
            assertThat(alice.page("rooms/lobby").select("#composer [name=body]").text())
                    .isEmpty();
        }
    }

    @Test
    void a_node_that_shuts_down_removes_its_users_from_the_list() {
        ChatServer third = nodes.third();
        ChatClient.join(third, "carol");
        await().until(() -> alice.online() == 3);
        third.close();
        await().atMost(Duration.ofSeconds(2)).until(() -> alice.online() == 2);
    }

    @Test
    void signing_out_on_one_node_closes_the_connections_on_the_other() {
        ChatClient atOne = new ChatClient(nodes.one().url(), "bob").signIn();
        assertThat(atOne.postStatus("logout", Map.of("everywhere", "true"))).isEqualTo(303);
        await().atMost(Duration.ofSeconds(1)).until(() -> !bob.isConnected());
        assertThat(bob.closeCode()).isEqualTo(1008);
        assertThat(alice.isConnected()).isTrue();
    }

    @Test
    void a_new_password_or_account_deletion_on_one_node_closes_the_connections_on_the_other() {
        ChatClient atOther = ChatClient.join(nodes.other(), "dave");
        ChatClient atOne = new ChatClient(nodes.one().url(), "dave").signIn().connect();
        ChatClient tab = atOne.tab().connect();
        assertThat(atOne.postStatus(
                        "settings/password", Map.of("password", ChatClient.PASSWORD, "new", "another password")))
                .isEqualTo(303);
        await().atMost(Duration.ofSeconds(1)).until(() -> !atOther.isConnected());
        assertThat(atOther.closeCode()).isEqualTo(1008);
        assertThat(List.of(atOne.isConnected(), tab.isConnected())).containsOnly(true);

        ChatClient erin = ChatClient.join(nodes.one(), "erin");
        ChatClient erinAtOther = new ChatClient(nodes.other().url(), "erin").signIn();
        assertThat(erinAtOther.postStatus("settings/delete", Map.of("password", ChatClient.PASSWORD)))
                .isEqualTo(303);
        await().atMost(Duration.ofSeconds(1)).until(() -> !erin.isConnected());
        assertThat(erin.closeCode()).isEqualTo(1008);
        atOne.close();
        tab.close();
    }

    @Test
    void a_ban_closes_connections_on_the_other_node_and_muting_stops_posts_there() {
        ChatClient frank = ChatClient.join(nodes.other(), "frank");
        alice.post("rooms/lobby/mute", Map.of("username", "frank"));
        frank.sends("{\"body\":\"Can you hear me?\",\"key\":\"1\"}");
        await().until(() -> frank.notices().toString().contains("muted"));
        alice.post("admin/users/ban", Map.of("username", "frank"));
        await().atMost(Duration.ofSeconds(1)).until(() -> !frank.isConnected());
        assertThat(frank.closeCode()).isEqualTo(1008);
        assertThat(frank.connects("rooms/lobby/live")).isEqualTo(401);
        assertThat(alice.bodies()).isEmpty();
    }

    @Test
    void signing_in_again_on_one_node_has_the_tabs_on_the_other_connect_again() {
        Map<String, String> form = Map.of("login", "bob", "password", ChatClient.PASSWORD);
        String old = "klatsch=" + bob.cookie("klatsch").orElseThrow();
        ChatClient elsewhere =
                new ChatClient(nodes.other().url(), "bob").signIn().connect();
        assertThat(new ChatClient(nodes.one().url(), "bob").postStatus("login", form, "Cookie", old))
                .isEqualTo(303);
        await().atMost(Duration.ofSeconds(1)).until(() -> !bob.isConnected());
        assertThat(bob.closeCode()).isEqualTo(1012);
        assertThat(bob.connects("rooms/lobby/live")).isEqualTo(401);
        assertThat(elsewhere.isConnected()).isTrue();
        elsewhere.close();
    }

    @Test
    void removing_a_member_on_one_node_closes_the_connection_on_the_other() {
        ChatClient room = alice.makes("Garden", "closed");
        room.admits(bob);
        ChatClient his = bob.in(room.room()).connect();
        room.post(room.at("members/remove"), Map.of("username", "bob"));
        await().atMost(Duration.ofSeconds(1)).until(() -> !his.isConnected());
        assertThat(his.closeCode()).isEqualTo(1008);
        assertThat(bob.isConnected()).isTrue();

        nodes.redis().kill();
        room.admits(bob);
        ChatClient again = bob.in(room.room()).connect();
        room.post(room.at("members/remove"), Map.of("username", "bob"));
        // Without the bus, the next read of the database finds the message.
        await().atMost(RECHECK.multipliedBy(2)).until(() -> !again.isConnected());
        assertThat(again.closeCode()).isEqualTo(1008);
        assertThat(bob.isConnected() && alice.isConnected()).isTrue();
    }

    @Test
    void without_redis_messages_still_cross_nodes_and_no_user_appears_to_leave() {
        nodes.redis().kill();
        crossWithinThreeSeconds("first");
        await().until(() ->
                presence(alice).equals("about 2 online") && presence(bob).equals("about 2 online"));
        await().during(BEAT.multipliedBy(9)).until(() -> alice.online() == 2);
        bob.disconnect();
        nodes.redis().start();
        // Bob's departure was not published.
        await().until(() -> presence(alice).equals("1 online"));
        assertThat(alice.bodies()).containsExactly("first");
    }

    @Test
    void no_request_waits_for_a_frozen_redis() {
        nodes.redis().freeze();
        long begun = System.nanoTime();
        alice.posts("first");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        await().atMost(Duration.ofSeconds(3)).until(() -> bob.bodies().contains("first"));
        await().until(() -> presence(alice).equals("about 2 online"));
        crossWithinThreeSeconds("second");
        nodes.redis().thaw();
        await().atMost(Duration.ofSeconds(5)).until(() -> presence(alice).equals("2 online"));
        crossWithinThreeSeconds("third");
        assertThat(bob.bodies()).containsExactly("first", "second", "third");
    }

    @Test
    void closed_subscriptions_and_an_emptied_redis_recover() {
        nodes.redis().call(client -> client.sendCommand(() -> "CLIENT".getBytes(), "KILL", "TYPE", "pubsub"));
        nodes.redis().call(client -> client.flushAll());
        crossWithinThreeSeconds("first");
        await().atMost(Duration.ofSeconds(5)).until(() -> presence(alice).equals("2 online"));
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            String body = "at once " + System.nanoTime();
            alice.posts(body);
            await().atMost(Duration.ofMillis(500)).until(() -> bob.bodies().contains(body));
            return true;
        });
        await().until(() -> alice.seen().equals(bob.seen()));
    }

    @Test
    void only_rooms_in_use_are_subscribed_also_when_they_come_back_and_redis_stores_nothing() throws Exception {
        assertThat(channels()).containsExactlyInAnyOrder("klatsch:all", "klatsch:room:lobby");
        alice.disconnect();
        bob.disconnect();
        await().until(() -> channels().equals(List.of("klatsch:all")));
        meet();
        assertThat(channels()).contains("klatsch:room:lobby");
        assertThat(nodes.redis().<Long>call(client -> client.dbSize())).isZero();
    }

    private void crossWithinThreeSeconds(String body) {
        alice.posts(body);
        await().atMost(Duration.ofSeconds(3)).until(() -> bob.bodies().contains(body));
    }

    /** Returns all but the channel about users in any room, to which nodes stay subscribed. */
    private static List<String> channels() {
        return nodes.redis().call(client -> client.pubsubChannels("*")).stream()
                .filter(channel -> !channel.contains("everywhere"))
                .toList();
    }

    private static String presence(ChatClient user) {
        return last(user, "#presence");
    }

    private static String last(ChatClient user, String selector) {
        var found = Jsoup.parse(String.join("", user.frames())).select(selector).last();
        return found == null ? "" : found.text();
    }
}
