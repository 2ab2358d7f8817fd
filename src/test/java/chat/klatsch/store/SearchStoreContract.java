package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.search.SearchCursor;
import chat.klatsch.search.SearchHit;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchResults;
import chat.klatsch.search.SearchService;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.message.SqlMessageStore;
import chat.klatsch.store.message.SqlSearchStore;
import chat.klatsch.store.room.SqlMembershipStore;
import chat.klatsch.store.room.SqlRoomStore;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is found and what is not, on every engine. The tests look for words of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SearchStoreContract {
    private static final RoomId GARDEN = new RoomId("garden");

    private Instant now = MessageStoreContract.NOW;
    private Database database;
    private SqlAccountStore accounts;
    private SqlRoomStore rooms;
    private SqlMembershipStore members;
    private SqlMessageStore messages;
    private SearchService search;
    private User alice;
    private User bob;
    private User carol;
    private RoomId direct;

    /** The URL of a database of this test's own. */
    abstract String url();

    @BeforeAll
    void open() {
        database = Database.open(url(), Duration.ZERO);
        accounts = new SqlAccountStore(database);
        rooms = new SqlRoomStore(database);
        members = new SqlMembershipStore(database);
        messages = new SqlMessageStore(database);
        search = new SearchService(new SqlSearchStore(database));
        alice = person("alice");
        bob = person("bob");
        carol = person("carol");
        rooms.create(GARDEN, new RoomName("Garden"), Room.Kind.CLOSED, alice.id(), now);
        direct = rooms.direct(new RoomId("pair"), alice.id(), bob.id(), now);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void everybody_finds_what_was_said_in_their_own_rooms_newest_first_and_nothing_else() {
        posts(RoomId.LOBBY, "apples in the lobby");
        posts(GARDEN, "apples in the garden");
        posts(direct, "apples for two");
        assertThat(finds(alice, "apples"))
                .containsExactly("apples for two", "apples in the garden", "apples in the lobby");
        assertThat(finds(bob, "apples")).containsExactly("apples for two", "apples in the lobby");
        assertThat(finds(carol, "apples")).containsExactly("apples in the lobby");

        SearchHit hit = find(bob, "two apples", Optional.empty()).hits().get(0);
        assertThat(hit.room().name()).isEqualTo("alice");
        assertThat(hit.room().partner()).contains(alice);
        assertThat(hit.author()).isEqualTo(alice);
        assertThat(hit.postedAt()).isEqualTo(now);
    }

    @Test
    void who_has_left_a_room_finds_nothing_in_it_any_more() {
        members.join(GARDEN, carol.id(), now);
        posts(GARDEN, "cherries");
        assertThat(finds(carol, "cherries")).hasSize(1);
        members.leave(GARDEN, carol.id());
        assertThat(finds(carol, "cherries")).isEmpty();
        assertThat(search.find(carol, SearchQuery.of("cherries"), Optional.of(GARDEN), Optional.empty())
                        .hits())
                .isEmpty();
    }

    @Test
    void a_room_can_be_looked_through_alone() {
        posts(RoomId.LOBBY, "plums here");
        posts(GARDEN, "plums there");
        assertThat(search.find(alice, SearchQuery.of("plums"), Optional.of(GARDEN), Optional.empty())
                        .hits())
                .extracting(SearchHit::body)
                .containsExactly("plums there");
    }

    @Test
    void what_was_deleted_is_not_found_and_what_was_edited_is_found_as_it_is_now() {
        long deleted = posts(RoomId.LOBBY, "quinces");
        long edited = posts(RoomId.LOBBY, "medlars");
        messages.delete(RoomId.LOBBY, deleted, alice.id(), now);
        messages.edit(RoomId.LOBBY, edited, alice.id(), "mulberries", now);
        assertThat(finds(alice, "quinces")).isEmpty();
        assertThat(finds(alice, "medlars")).isEmpty();
        assertThat(finds(alice, "mulberries")).containsExactly("mulberries");
    }

    @Test
    void all_words_must_be_there_in_any_order_as_whole_words_of_which_the_last_may_go_on() {
        posts(RoomId.LOBBY, "Figs, dates\nand OLIVES");
        for (String query : List.of(
                "figs", "dates FIGS", "oli", "figs oliv", "\"figs dates\"", "and-olives", "figs \"and olives\"")) {
            assertThat(finds(alice, query)).as(query).hasSize(1);
        }
        for (String query :
                List.of("fig dates", "igs", "oli figs", "figs nuts", "\"dates figs\"", "\"and oliv\"", "oli ")) {
            assertThat(finds(alice, query)).as(query).isEmpty();
        }
    }

    @Test
    void words_are_what_is_between_punctuation() {
        posts(
                RoomId.LOBBY,
                "see https://pears.example/a_b?c=kiwis#lemons, (limes) *grapes* 50%off don't 'sloes' @melons “nuts”");
        for (String query : List.of(
                "pears", "kiwis", "lemons", "limes", "grapes", "50% off", "50%off", "don't", "sloes", "@melons",
                "nuts")) {
            assertThat(finds(alice, query)).as(query).hasSize(1);
        }
    }

    @Test
    void any_writing_is_found() {
        posts(RoomId.LOBBY, "Grüße an Jürgen");
        posts(RoomId.LOBBY, "Привет мир");
        posts(RoomId.LOBBY, "今日は東京タワーに行きました");
        posts(RoomId.LOBBY, "مرحبا بالعالم");
        assertThat(finds(alice, "grüße jür")).hasSize(1);
        assertThat(finds(alice, "мир")).hasSize(1);
        assertThat(finds(alice, "東京")).hasSize(1);
        assertThat(finds(alice, "東京 タワー")).hasSize(1);
        assertThat(finds(alice, "京都")).isEmpty();
        assertThat(finds(alice, "مرحبا")).hasSize(1);
    }

    @Test
    void nothing_that_can_be_typed_breaks_it() {
        posts(RoomId.LOBBY, "ordinary 100% a_b c\\d");
        for (String typed : List.of(
                "%",
                "_",
                "'",
                "\"",
                "\\",
                "&|!:*()<->",
                "' or 1=1 --",
                "a & | b",
                "!ordinary:*",
                "(((",
                "\"\"",
                "\"a",
                "\u0000",
                "a\u0000b",
                "\u0007\u001b",
                "\ud800",
                "a\udc00b",
                "🎉",
                "\u200b\u2028",
                "\\Q.*\\E",
                "[a-",
                "{1,9}",
                "?",
                ":x",
                "x'y''z",
                "\u0301",
                "ʹ",
                "௧",
                "ⅷ ²")) {
            search.find(alice, SearchQuery.of(typed), Optional.empty(), Optional.empty());
        }
        assertThat(SearchQuery.of("%_'\"\\&|!:*()<->🎉\u0000\ud800").isEmpty()).isTrue();
        assertThat(finds(alice, "% ordinary _")).hasSize(1);
        assertThat(finds(alice, "ordinar%")).hasSize(1);
        assertThat(finds(alice, "ord_nary")).isEmpty();
        assertThat(finds(alice, "!ordinary")).hasSize(1);
    }

    @Test
    void pages_have_neither_gaps_nor_repeats_also_where_all_was_said_at_once() {
        int all = 2 * SearchService.PAGE + 10;
        for (RoomId room : List.of(RoomId.LOBBY, GARDEN)) {
            messages.append(
                    room,
                    IntStream.range(0, all / 2)
                            .mapToObj(i -> new Draft(alice, "raspberry " + room + i, ""))
                            .toList(),
                    now);
        }
        List<SearchCursor> places = new ArrayList<>();
        Optional<SearchCursor> before = Optional.empty();
        do {
            SearchResults found = find(alice, "raspberry", before);
            found.hits()
                    .forEach(hit -> places.add(
                            new SearchCursor(hit.postedAt(), hit.room().id(), hit.seq())));
            before = found.more().map(SearchCursor::toString).map(SearchCursor::of);
            posts(RoomId.LOBBY, "raspberry, meanwhile");
        } while (before.isPresent());
        assertThat(places).hasSize(all).doesNotHaveDuplicates();
    }

    @Test
    void long_texts_are_stored_and_found() {
        String text = "y".repeat(5_000) + " strawberries "
                + IntStream.range(0, 10_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        posts(RoomId.LOBBY, text);
        assertThat(finds(alice, "strawberries")).hasSize(1);
    }

    @Test
    void the_limit_of_time_is_for_searching_alone() throws SQLException {
        finds(alice, "grapefruit");
        int seconds = database.inTransaction(handle -> {
            try (Statement statement = handle.getConnection().createStatement()) {
                return statement.getQueryTimeout();
            }
        });
        assertThat(seconds).isZero();
    }

    private User person(String username) {
        return accounts.create(new NewAccount(username, "correct horse", Optional.empty()), "hash", now);
    }

    private long posts(RoomId room, String body) {
        now = now.plusSeconds(1);
        List<LogEntry> posted = messages.append(room, List.of(new Draft(alice, body, "")), now);
        return posted.get(0).message().seq();
    }

    private List<String> finds(User person, String query) {
        return find(person, query, Optional.empty()).hits().stream()
                .map(SearchHit::body)
                .toList();
    }

    private SearchResults find(User person, String query, Optional<SearchCursor> before) {
        return search.find(person, SearchQuery.of(query), Optional.empty(), before);
    }
}
