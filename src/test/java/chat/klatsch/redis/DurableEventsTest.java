package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatEvent;
import chat.klatsch.ChatEvent.Posted;
import chat.klatsch.ChatMessage;
import chat.klatsch.ChatRoom;
import chat.klatsch.ChatServer;
import chat.klatsch.Events.Subscription;
import chat.klatsch.Messages.Author;
import chat.klatsch.Person;
import chat.klatsch.Rooms;
import chat.klatsch.core.Limit;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.TwoNodes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs on two nodes that share their work. */
class DurableEventsTest {
    private static final Author BOT = Author.bot("echo", "Echo");

    /** Counts the subscriptions with a name that a node delivers. The name follows. */
    private static final String HELD = "select count(*) from klatsch_subscriptions where holder <> '' and name = ";

    @RegisterExtension
    static final Postgres postgres = new Postgres();

    private static TwoNodes nodes;
    private static ChatClient alice;
    private static ChatClient bob;

    @BeforeAll
    static void start() {
        nodes = new TwoNodes(postgres, config -> config.limit(Limit.POSTS_PER_MINUTE, 0));
        alice = new ChatClient(nodes.one().url(), "alice").signUp();
        bob = new ChatClient(nodes.other().url(), "bob").signUp();
    }

    @AfterAll
    static void stop() {
        alice.close();
        bob.close();
        nodes.close();
    }

    /** Answers people on a node. The key would hide a second answer, so the calls are counted. */
    private static Subscription echo(ChatServer node, Set<ChatServer> answering, List<Long> answered) {
        return node.events().durable("echo", event -> {
            if (event instanceof Posted posted && !posted.message().author().bot()) {
                answering.add(node);
                answered.add(posted.message().seq());
                ChatMessage message = posted.message();
                node.messages().reply(message.room(), message.seq(), BOT, "echo " + message.text(), "" + message.seq());
            }
        });
    }

    @Test
    void two_nodes_do_not_answer_twice_and_no_message_stays_without_an_answer() {
        Set<ChatServer> answering = ConcurrentHashMap.newKeySet();
        List<Long> answered = new CopyOnWriteArrayList<>();
        Subscription one = echo(nodes.one(), answering, answered);
        Subscription other = echo(nodes.other(), answering, answered);
        IntStream.range(0, 20)
                .forEach(n -> (n % 2 == 0 ? alice : bob).in("lobby").posts("first " + n));
        await().until(() -> answers("echo first").size() == 20);
        assertThat(answering).hasSize(1);

        // The one that answers ends in the middle.
        boolean first = answering.contains(nodes.one());
        IntStream.range(0, 10).forEach(n -> alice.in("lobby").posts("second " + n));
        (first ? one : other).close();
        IntStream.range(10, 20).forEach(n -> alice.in("lobby").posts("second " + n));
        await().until(() -> answers("echo second").size() == 20);
        assertThat(answering).hasSize(2);
        assertThat(answered).hasSize(40).doesNotHaveDuplicates();
        await().during(Duration.ofMillis(500))
                .until(() -> answers("echo second").size() == 20);
        (first ? other : one).close();
    }

    private static List<ChatMessage> answers(String start) {
        return nodes.one().messages().after(RoomId.LOBBY, 0, 1_000).stream()
                .filter(message -> message.author().equals(new Person("echo", "", "Echo", true)))
                .filter(message -> message.text().startsWith(start))
                .toList();
    }

    @Test
    void another_node_takes_over_from_one_that_died() {
        List<String> heard = new CopyOnWriteArrayList<>();
        nodes.one().events().durable("died", event -> {}).close();
        // As a node leaves it that was killed a while ago, with an event that was not told.
        postgres.execute(
                nodes.database(),
                "update klatsch_subscriptions set holder = 'dead', lease_until = current_timestamp + interval '2' second"
                        + " where name = 'died'");
        alice.in("lobby").posts("not lost");
        try (Subscription subscription = nodes.other().events().durable("died", event -> hear(heard, event))) {
            await().until(() -> heard.contains("not lost"));
            assertThat(heard).hasSize(1);
            String behind =
                    "select count(*) from klatsch_rooms r join klatsch_subscription_positions p on p.room_id = r.id"
                            + " where p.name = 'died' and p.told_version < r.last_version";
            await().until(() -> postgres.number(nodes.database(), behind) == 0);
            // A node that was thought dead and comes back.
            postgres.execute(
                    nodes.database(),
                    "update klatsch_subscriptions set holder = 'other', lease_until = current_timestamp + interval '2' second"
                            + " where name = 'died'");
            alice.in("lobby").posts("once");
            await().until(() -> heard.contains("once"));
            assertThat(heard.stream().filter("not lost"::equals)).hasSize(1);
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void a_call_that_outlives_its_subscription_keeps_the_others_waiting_whatever_the_host_does() throws Exception {
        ExecutorService host = Executors.newSingleThreadExecutor();
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (ChatServer node = ChatServer.start(config -> config.fromEnvironment()
                .port(0)
                .databaseUrl(nodes.database())
                .redisUrl(nodes.redis().url())
                .executor(host))) {
            Subscription subscription = node.events().durable("long", event -> {
                called.countDown();
                await().forever().until(() -> over.getCount() == 0);
            });
            alice.in("lobby").posts("takes long");
            called.await();
            host.execute(() -> await().forever().until(() -> over.getCount() == 0));
            subscription.close();
            String lease = "select lease_until from klatsch_subscriptions where name = 'long'";
            String before = postgres.text(nodes.database(), lease);
            await().until(() -> !postgres.text(nodes.database(), lease).equals(before));
            over.countDown();
            await().until(() -> postgres.number(nodes.database(), HELD + "'long'") == 0);
        } finally {
            over.countDown();
            host.shutdownNow();
        }
    }

    @Test
    void a_subscription_is_forgotten_while_a_position_is_stored() throws Exception {
        nodes.one().events().durable("forgotten", event -> {}).close();
        await().until(() -> postgres.number(nodes.database(), HELD + "'forgotten'") == 0);
        RoomId room = nodes.one().rooms().create(ChatRoom.Kind.CLOSED, "New").id();
        CompletableFuture<Void> forgetting;
        try (Connection holder = DriverManager.getConnection(nodes.database());
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(
                    "update klatsch_subscriptions set lease_until = current_timestamp where name = 'forgotten'");
            statement.execute(
                    "insert into klatsch_subscription_positions (name, room_id, told_version, read_version, seq)"
                            + " values ('forgotten', '" + room + "', 0, 0, 0)");
            forgetting = CompletableFuture.runAsync(() -> nodes.one().events().forget("forgotten"));
            String waiting = "select count(*) from pg_stat_activity"
                    + " where datname = current_database() and wait_event_type = 'Lock'";
            await().until(() -> postgres.number(nodes.database(), waiting) > 0);
            holder.commit();
        }
        forgetting.get();
        String left = "select count(*) from klatsch_subscriptions where name = 'forgotten'";
        assertThat(postgres.number(nodes.database(), left)).isZero();
    }

    @Test
    void a_bot_is_called_as_the_last_node_called_it() {
        Author build = Author.bot("build", "Build");
        nodes.one().messages().post(RoomId.LOBBY, build, "one");
        nodes.other().messages().post(RoomId.LOBBY, Author.bot("build", "Builder"), "two");
        await().until(() -> {
            long seq = nodes.one().messages().post(RoomId.LOBBY, build, "three").seq();
            Optional<ChatMessage> posted = nodes.other().messages().find(RoomId.LOBBY, seq);
            return posted.orElseThrow().author().name().equals("Build");
        });
    }

    @Test
    void an_outage_of_the_database_loses_and_repeats_nothing() {
        List<String> stored = new CopyOnWriteArrayList<>();
        List<String> passing = new CopyOnWriteArrayList<>();
        Consumer<ChatEvent> cutting = event -> {
            hear(stored, event);
            postgres.terminateConnections(nodes.database());
        };
        try (Subscription durable = nodes.one().events().durable("outage", cutting);
                Subscription local = nodes.one().events().listen(event -> hear(passing, event))) {
            List<String> texts =
                    IntStream.range(0, 4).mapToObj(n -> "outage " + n).toList();
            texts.forEach(text -> await().ignoreExceptions()
                    .until(() -> nodes.other()
                                    .messages()
                                    .post(RoomId.LOBBY, Author.person("bob"), text, "k")
                                    .seq()
                            > 0));
            await().until(() -> stored.contains("outage 3"));
            await().until(() -> passing.contains("outage 3"));
            assertThat(stored.stream().filter(text -> text.startsWith("outage")))
                    .containsExactlyElementsOf(texts);
            assertThat(passing.stream().filter(text -> text.startsWith("outage")))
                    .containsExactlyElementsOf(texts);
            assertThat(List.of(durable, local)).isNotNull();
        }
        for (ChatServer node : List.of(nodes.one(), nodes.other())) {
            // Notices that connections are broken, and opens others.
            await().ignoreExceptions()
                    .until(() -> IntStream.range(0, 20)
                            .allMatch(n -> node.messages().find(RoomId.LOBBY, 1).isPresent()));
        }
    }

    @Test
    void programs_do_the_same_on_postgresql() throws IOException {
        ChatRoom room = nodes.one().rooms().create(ChatRoom.Kind.OPEN, "Order 17", "order-17");
        assertThat(nodes.other()
                        .rooms()
                        .create(ChatRoom.Kind.OPEN, "Order 17", "order-17")
                        .id())
                .isEqualTo(room.id());
        nodes.one().rooms().add(room.id(), "bob");
        nodes.other().rooms().rename(room.id(), "Order 18");
        ChatMessage posted = nodes.one().messages().post(room.id(), Author.person("bob"), "Where is it?");
        ChatMessage edited = nodes.other().messages().edit(room.id(), posted.seq(), Author.person("bob"), "Where?");
        assertThat(nodes.one().messages().find(room.id(), 1)).contains(edited);
        nodes.one().people().mute(room.id(), "bob", "");
        nodes.one().people().unmute(room.id(), "bob");
        nodes.one().people().ban("bob", "");
        nodes.one().people().unban("bob");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        nodes.one().people().export("bob", out);
        StringBuilder exported = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            while (zip.getNextEntry() != null) {
                exported.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(exported).contains("\"Where?\"", "\"Order 18\"");
        bob.signIn();
        nodes.one().messages().delete(room.id(), posted.seq());
        nodes.one().rooms().close(room.id());
        nodes.one().rooms().remove(room.id(), "bob");
        nodes.one().rooms().delete(room.id());
        assertThat(nodes.other().rooms().find("order-17")).isEmpty();
    }

    @Test
    void a_listener_hears_at_once_what_happens_on_the_other_node() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Subscription subscription = nodes.one().events().listen(event -> hear(heard, event))) {
            bob.in("lobby").posts("from afar");
            await().atMost(Duration.ofSeconds(1)).until(() -> heard.contains("from afar"));
            new ChatClient(nodes.other().url(), "carol").signUp().close();
            await().atMost(Duration.ofSeconds(4)).until(() -> heard.contains("carol joined"));
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void a_listener_hears_within_seconds_what_no_notification_tells() {
        List<String> passing = new CopyOnWriteArrayList<>();
        List<String> stored = new CopyOnWriteArrayList<>();
        try (ChatServer alone =
                ChatServer.start(config -> config.fromEnvironment().port(0).databaseUrl(nodes.database()))) {
            alone.events().listen(event -> hear(passing, event));
            alone.events().durable("alone", event -> hear(stored, event));
            Rooms rooms = nodes.one().rooms();
            RoomId room = rooms.create(ChatRoom.Kind.CLOSED, "Before").id();
            for (RoomId place : List.of(RoomId.LOBBY, room, RoomId.LOBBY)) {
                hears(place, List.of(passing, stored));
            }
            rooms.delete(room);
            hears(rooms.create(ChatRoom.Kind.CLOSED, "After").id(), List.of(passing, stored));
            hears(RoomId.LOBBY, List.of(passing, stored));
        }
    }

    private static void hears(RoomId room, List<List<String>> listeners) {
        String text = "unannounced " + room + listeners.get(0).size();
        nodes.one().messages().post(room, BOT, text);
        for (List<String> heard : listeners) {
            await().atMost(Duration.ofSeconds(5)).until(() -> heard.contains(text));
        }
    }

    @Test
    void a_subscription_far_behind_catches_up_in_order() {
        Subscription begun = nodes.one().events().durable("behind", event -> {});
        begun.close();
        List<String> texts = IntStream.range(0, 130).mapToObj(n -> "late " + n).toList();
        texts.forEach(text -> nodes.one().messages().post(RoomId.LOBBY, Author.person("alice"), text));
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Subscription again = nodes.other().events().durable("behind", event -> hear(heard, event))) {
            await().until(() -> heard.contains("late 129"));
            assertThat(heard.stream().filter(text -> text.startsWith("late "))).containsExactlyElementsOf(texts);
            assertThat(again).isNotNull();
        }
    }

    @Test
    void everybody_knows_who_is_online_and_in_which_room() {
        try (ChatClient here = opens(alice.in("lobby"));
                ChatClient there = opens(bob.in("lobby"))) {
            List<Person> both =
                    List.of(new Person("alice", "alice", "alice", false), new Person("bob", "bob", "bob", false));
            await().until(() -> nodes.one().people().online().equals(both));
            await().until(() -> nodes.other().people().online().equals(both));
            await().until(() -> nodes.one().people().online(RoomId.LOBBY).equals(both));
            ChatClient room = opens(alice.makes("Away", "closed"));
            await().until(() ->
                    nodes.other().people().online(new RoomId(room.room())).equals(both.subList(0, 1)));
            room.close();
            await().until(() ->
                    nodes.other().people().online(new RoomId(room.room())).isEmpty());
            assertThat(List.of(here, there)).isNotNull();
        }
        await().until(() -> nodes.one().people().online().isEmpty());
    }

    /** Connects as a page does, which also shows the list of rooms. */
    private static ChatClient opens(ChatClient room) {
        room.connect(room.at("live?resume")).sends("{\"after\":0,\"listed\":\"\"}");
        return room;
    }

    private static void hear(List<String> heard, ChatEvent event) {
        if (event instanceof ChatEvent.Joined joined) {
            heard.add(joined.person().id() + " joined");
        } else if (event instanceof Posted posted) {
            heard.add(posted.message().text());
        }
    }
}
