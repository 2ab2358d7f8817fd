package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatEvent;
import chat.klatsch.Events;
import chat.klatsch.Messages.Author;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Log;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.TwoNodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests two servers with one Redis server to which somebody else writes, too. Alice uses one server, Bob the other. */
class ForgedMessagesTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    /** Shorter than the intervals at which the servers read the database anyway. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final Map<String, Long> ids = new HashMap<>();
    private static TwoNodes nodes;
    private static Forger forger;
    private static ChatClient aliceAccount;
    private static ChatClient bobAccount;
    private static ChatClient garden;

    private ChatClient alice;
    private ChatClient bob;

    /** Creates a closed room with Alice, Bob and Dave, and Carol, who is not a member. */
    @BeforeAll
    static void start() {
        nodes = new TwoNodes(postgres, config -> config.redisHeartbeat(Duration.ofMillis(300)));
        forger = new Forger(nodes.redis());
        aliceAccount = ChatClient.join(nodes.one(), "alice");
        bobAccount = ChatClient.join(nodes.other(), "bob");
        garden = aliceAccount.makes("Garden", "closed");
        ChatClient.join(nodes.one(), "carol").close();
        ChatClient dave = ChatClient.join(nodes.one(), "dave");
        garden.admits(bobAccount);
        garden.admits(dave);
        dave.close();
        for (String name : List.of("alice", "bob", "carol", "dave")) {
            ids.put(
                    name,
                    postgres.number(
                            nodes.database(), "select id from klatsch_users where username = '%s'".formatted(name)));
        }
        aliceAccount.close();
        bobAccount.close();
    }

    @BeforeEach
    void meet() {
        alice = garden.tab().connect();
        bob = bobAccount.in(garden.room()).connect();
        await().until(() -> present(alice).equals(List.of("alice", "bob")));
        await().until(() -> present(bob).equals(List.of("alice", "bob")));
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
    void a_forged_report_shows_members_only_and_by_the_names_in_the_store() {
        String people = "%s,%s,%s,-1".formatted(ids.get("carol"), Long.MAX_VALUE, ids.get("dave"));
        String node = forger.publish(inGarden(), "presenceUpdate", "'version':1,'users':[%s]".formatted(people));
        await().atMost(Duration.ofSeconds(3)).until(() -> present(alice).equals(List.of("alice", "bob", "dave")));
        await().until(() -> present(bob).equals(List.of("alice", "bob", "dave")));
        assertThat(alice.online()).isEqualTo(3);

        garden.post(garden.at("members/remove"), Map.of("username", "dave"));
        await().atMost(Duration.ofSeconds(3)).until(() -> {
            // The node keeps its lease.
            forger.publish("klatsch:all", node, "heartbeat", "");
            return present(alice).equals(List.of("alice", "bob"));
        });
        garden.admits(new ChatClient(nodes.one().url(), "dave").signIn());
        forger.publish(inGarden(), node, "presenceUpdate", "'version':2,'users':[%s]".formatted(people));
        await().atMost(Duration.ofSeconds(3)).until(() -> alice.online() == 3);
        forger.publish("klatsch:all", node, "leaving", "");
        await().atMost(Duration.ofSeconds(3)).until(() -> alice.online() == 2);
        assertThat(everShown(alice)).containsOnly("alice", "bob", "dave");
        assertThat(everShown(bob)).containsOnly("alice", "bob", "dave");
    }

    @Test
    void a_forged_signal_shows_only_present_users_as_typing() {
        for (long user : List.of(ids.get("carol"), ids.get("dave"), Long.MAX_VALUE, ids.get("bob"))) {
            forger.publish(inGarden(), "userTyping", "'user':" + user);
        }
        forger.publish(
                inGarden(),
                "userTyping",
                "'user':{'id':%s,'username':'mallory','name':'Mallory'}".formatted(ids.get("bob")));
        await().until(() -> !shown(alice, "#typing .typist").isEmpty());
        assertThat(alice.frames().stream()
                        .flatMap(frame -> Jsoup.parse(frame).select("#typing .typist").stream())
                        .map(typist -> typist.attr("data-author") + ": " + typist.text()))
                .containsOnly("bob: bob is typing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "sessionsRevoked; 'user':%s; 1008",
                "sessionsRevoked; 'user':%s,'session':'%s'; 1008",
                "sessionReplaced; 'session':'%2$s'; 1012"
            })
    void a_forged_revocation_ends_only_sessions_that_have_ended(String kind, String fields, int code) {
        ChatClient elsewhere =
                new ChatClient(nodes.other().url(), "bob").signIn().connect();
        String session = postgres.text(
                nodes.database(),
                "select id from klatsch_sessions where user_id = %s order by created_at desc limit 1"
                        .formatted(ids.get("bob")));
        String claim = fields.formatted(ids.get("bob"), session);
        forger.publish("klatsch:all", kind, claim);
        crosses("after a forged revocation");
        assertThat(List.of(bob.isConnected(), elsewhere.isConnected())).containsOnly(true);

        postgres.execute(nodes.database(), "delete from klatsch_sessions where id = '%s'".formatted(session));
        forger.publish("klatsch:all", kind, claim);
        await().atMost(AT_ONCE).until(() -> !elsewhere.isConnected());
        assertThat(elsewhere.closeCode()).isEqualTo(code);
        crosses("after a true one");
        assertThat(bob.isConnected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'room':'%s'", "'room':'%s','user':%s"})
    void a_forged_removal_ends_only_connections_of_former_members(String fields) {
        String claim = fields.formatted(garden.room(), ids.get("bob"));
        forger.publish("klatsch:all", "roomChanged", claim);
        crosses("after a forged removal");
        assertThat(bob.isConnected()).isTrue();

        String member = "where room_id = '%s' and user_id = %s".formatted(garden.room(), ids.get("bob"));
        postgres.execute(nodes.database(), "delete from klatsch_members " + member);
        forger.publish("klatsch:all", "roomChanged", claim);
        await().atMost(AT_ONCE).until(() -> !bob.isConnected());
        assertThat(bob.closeCode()).isEqualTo(1008);
        assertThat(alice.isConnected()).isTrue();
        garden.admits(bobAccount);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, Long.MAX_VALUE})
    void a_forged_version_delays_no_later_message(long tooHigh) throws Exception {
        RoomId room = new RoomId(garden.room());
        List<String> heard = new CopyOnWriteArrayList<>();
        ChatClient reader = new ChatClient(nodes.other().url(), "dave").signIn().connect("rooms/lobby/live?resume");
        reader.sends("{\"after\":0,\"listed\":\"\"}");
        await().until(() -> !shown(reader, "#r-" + room).isEmpty());
        long unread = unread(page(reader));
        Events.Subscription atOne = nodes.one().events().listen(room, event -> hear(heard, event));
        Events.Subscription atOther = nodes.other().events().listen(room, event -> hear(heard, event));
        long version = postgres.number(
                nodes.database(), "select last_version from klatsch_rooms where id = '%s'".formatted(room));
        for (long forged : new long[] {tooHigh == 1 ? version + 1 : tooHigh, -1, Long.MIN_VALUE}) {
            forger.publish("klatsch:all", "roomUpdated", "'room':'%s','version':%s".formatted(room, forged));
        }
        await().during(Duration.ofMillis(2_500)).until(heard::isEmpty);
        crosses("true after " + tooHigh);
        await().atMost(AT_ONCE).until(() -> heard.size() == 2);
        await().atMost(AT_ONCE).until(() -> unread(page(reader)) == unread + 1);
        atOne.close();
        atOther.close();
        reader.close();
    }

    private static void hear(List<String> heard, ChatEvent event) {
        if (event instanceof ChatEvent.Posted posted) {
            heard.add(posted.message().text());
        }
    }

    private static long unread(Element page) {
        Element count = page.select("#r-" + garden.room() + " .count").last();
        return count == null ? 0 : Long.parseLong(count.ownText());
    }

    @Test
    void junk_in_redis_is_ignored() throws IOException {
        try (Log log = new Log()) {
            for (byte[] junk : Junk.all()) {
                for (String channel : List.of("klatsch:all", inGarden(), "klatsch:room:_everywhere_")) {
                    nodes.redis().call(client -> client.publish(channel.getBytes(StandardCharsets.UTF_8), junk));
                    if (junk.length > 1_000_000) {
                        // Redis ends a subscription for which more than 32 MB are waiting.
                        crosses(junk.length + " bytes in " + channel);
                    }
                }
            }
            crosses("sense");
            assertThat(List.of(present(alice), present(bob))).containsOnly(List.of("alice", "bob"));
            assertThat(alice.isConnected() && bob.isConnected()).isTrue();
            assertThat(log.problems()).isEmpty();
        }
    }

    @Test
    void forged_nodes_do_not_keep_true_events_away() {
        ChatClient elsewhere =
                new ChatClient(nodes.other().url(), "bob").signIn().connect();
        nodes.redis().call(client -> {
            for (int node = 0; node < 1_100; node++) {
                client.publish("klatsch:all", forger.message("heartbeat", forger.newNode(), ""));
            }
            return null;
        });
        postgres.execute(
                nodes.database(),
                "delete from klatsch_sessions where id = (select id from klatsch_sessions order by created_at desc limit 1)");
        forger.publish("klatsch:all", "sessionsRevoked", "'user':%s".formatted(ids.get("bob")));
        await().atMost(AT_ONCE).until(() -> !elsewhere.isConnected());
        crosses("still");
    }

    private void crosses(String body) {
        nodes.one().messages().post(new RoomId(garden.room()), Author.person("alice"), body);
        await().atMost(AT_ONCE).until(() -> bob.bodies().contains(body));
    }

    private static String inGarden() {
        return "klatsch:room:" + garden.room();
    }

    /** Returns the usernames in the last list of present users. */
    private static List<String> present(ChatClient user) {
        return last(user, "#members").stream()
                .flatMap(list -> list.select(".member").stream())
                .map(ForgedMessagesTest::name)
                .toList();
    }

    private static List<String> everShown(ChatClient user) {
        return shown(user, "#members li").stream().map(ForgedMessagesTest::name).toList();
    }

    /** Returns the username, if it is shown as the display name too. */
    private static String name(Element member) {
        String username = member.select("a").attr("href").replaceFirst(".*@", "");
        return member.select("[data-user]").text().equals(username) ? username : member.outerHtml();
    }

    private static Elements last(ChatClient user, String selector) {
        Elements all = shown(user, selector);
        return all.isEmpty() ? all : new Elements(all.last());
    }

    private static Elements shown(ChatClient user, String selector) {
        return page(user).select(selector);
    }

    private static Element page(ChatClient user) {
        return Jsoup.parse(String.join("", user.frames()));
    }
}
