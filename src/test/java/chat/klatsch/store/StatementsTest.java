package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts statements in the database itself: a hundred viewers take as many as two. */
class StatementsTest {
    private static final String DATABASE = "jdbc:h2:mem:statements";

    private ChatServer chat;
    private Handle database;
    private ChatClient alice;
    private ChatClient bob;

    @BeforeEach
    void start() {
        chat = ChatServer.start(config -> config.fromEnvironment()
                .port(0)
                .databaseUrl(DATABASE)
                .limit(Limit.POSTS_PER_MINUTE, 0)
                .limit(Limit.CONNECTIONS_PER_ADDRESS, 0));
        alice = new ChatClient(chat.url(), "alice").signUp();
        bob = new ChatClient(chat.url(), "bob").signUp();
        database = Jdbi.open(DATABASE);
    }

    @AfterEach
    void stop() {
        database.close();
        chat.close();
    }

    @Test
    void a_page_takes_the_same_few_statements_whatever_its_size() {
        String room = bob.post("rooms", Map.of("name", "Crowd", "kind", "open"))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .substring(1);
        alice.post(room + "/join", Map.of());
        long few = fewest(n -> assertThat(alice.get(room).statusCode()).isEqualTo(200));

        IntStream.range(0, 60).forEach(n -> {
            bob.post(room + "/messages", Map.of("body", "message " + n));
            bob.post(room + "/messages/" + (n + 1) + "/reactions", Map.of("emoji", "like"));
        });
        database.execute("""
                insert into klatsch_users (username, username_key, password_hash, created_at)
                select 'user' || x, 'user' || x, '', current_timestamp from system_range(1, 498)
                """);
        database.execute("""
                insert into klatsch_members (user_id, room_id, joined_at)
                select id, ?, current_timestamp from klatsch_users where username like 'user%'
                """, room.substring("rooms/".length()));
        database.execute("""
                insert into klatsch_rooms (id, name, kind, last_seq)
                select 'room' || x, 'Room ' || x, 'closed', x from system_range(1, 98)
                """);
        database.execute("""
                insert into klatsch_members (user_id, room_id, joined_at)
                select u.id, r.id, current_timestamp from klatsch_users u, klatsch_rooms r
                where u.username = 'alice' and r.id like 'room%'
                """);
        long many = fewest(n -> {
            String page = alice.get(room).body();
            assertThat(ChatClient.messages(page)).hasSize(50);
            assertThat(page).contains("Room 98", "user1");
        });
        assertThat(many)
                .isEqualTo(few + 1)
                .as("the reactions, where there are any")
                .isLessThanOrEqualTo(8);
    }

    @Test
    void a_message_takes_the_same_few_statements_however_many_see_it() {
        List<ChatClient> two = List.of(alice.tab().connect(), bob.tab().connect());
        long few = fewest(n -> {
            bob.posts("for two " + n);
            two.forEach(person -> person.sees("for two " + n));
        });
        List<ChatClient> crowd = IntStream.range(0, 10)
                .mapToObj(n -> new ChatClient(chat.url(), "person" + n).signUp())
                .flatMap(person ->
                        IntStream.range(0, 10).mapToObj(tab -> person.tab().connect()))
                .toList();
        await().until(() -> crowd.stream().allMatch(person -> person.online() == 12));
        long many = fewest(n -> {
            bob.posts("for all " + n);
            crowd.forEach(person -> person.sees("for all " + n));
        });
        assertThat(many).isEqualTo(few).isLessThanOrEqualTo(7);
        crowd.forEach(ChatClient::close);
        two.forEach(ChatClient::close);
    }

    /** Returns the minimum of four runs, because concurrent work can only add statements. */
    private long fewest(IntConsumer work) {
        return IntStream.range(0, 4)
                .mapToLong(n -> statements(() -> work.accept(n)))
                .min()
                .orElseThrow();
    }

    /** Counts statements, except commits and those that timers run for all rooms together. */
    private long statements(Runnable work) {
        database.execute("set query_statistics false");
        database.execute("set query_statistics true");
        work.run();
        return database.createQuery("""
                select sum(execution_count) from information_schema.query_statistics
                where sql_statement not like '%query_statistics%' and sql_statement <> 'COMMIT'
                and sql_statement not like 'select id, last_version%'
                and sql_statement not like 'select version from klatsch_name_changes%'
                and sql_statement not like 'update klatsch_members set read_seq%'
                """).mapTo(Long.class).findOne().orElse(0L);
    }
}
