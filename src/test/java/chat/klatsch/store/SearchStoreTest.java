package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.LogEntry;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.search.SearchCursor;
import chat.klatsch.search.SearchFilter;
import chat.klatsch.search.SearchHit;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchResults;
import chat.klatsch.search.SearchService;
import chat.klatsch.store.message.SqlMentionStore;
import chat.klatsch.store.message.SqlSearchStore;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the search store. All tests share one database and search for words of their own. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchStoreTest extends StoreTest {
    private static final RoomId GARDEN = new RoomId("garden");

    private Instant now = NOW;
    private SearchService search;
    private User alice;
    private User bob;
    private User carol;
    private RoomId direct;

    @BeforeParameterizedClassInvocation
    void open() {
        openFresh();
        search = new SearchService(new SqlSearchStore(database), new SqlMentionStore(database));
        alice = person("alice");
        bob = person("bob");
        carol = person("carol");
        rooms.create(GARDEN, new RoomName("Garden"), Room.Kind.CLOSED, alice.id(), now);
        direct = rooms.direct(new RoomId("pair"), alice.id(), bob.id(), now);
    }

    @AfterParameterizedClassInvocation
    void close() {
        database.close();
    }

    @Test
    void users_find_messages_of_their_own_rooms_only_newest_first() {
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
    void a_former_member_finds_nothing_in_the_room() {
        members.join(GARDEN, carol.id(), now);
        posts(GARDEN, "cherries");
        assertThat(finds(carol, "cherries")).hasSize(1);
        members.leave(GARDEN, carol.id(), NOW);
        assertThat(finds(carol, "cherries")).isEmpty();
        assertThat(search.find(carol, SearchQuery.of("cherries"), SearchFilter.in(GARDEN), Optional.empty())
                        .hits())
                .isEmpty();
    }

    @Test
    void a_search_can_be_limited_to_one_room() {
        posts(RoomId.LOBBY, "plums here");
        posts(GARDEN, "plums there");
        assertThat(search.find(alice, SearchQuery.of("plums"), SearchFilter.in(GARDEN), Optional.empty())
                        .hits())
                .extracting(SearchHit::body)
                .containsExactly("plums there");
    }

    @Test
    void deleted_messages_are_not_found_and_edited_ones_by_their_new_text() {
        long deleted = posts(RoomId.LOBBY, "quinces");
        long edited = posts(RoomId.LOBBY, "medlars");
        messages.delete(RoomId.LOBBY, deleted, alice.id(), now);
        messages.edit(RoomId.LOBBY, edited, alice.id(), new Edit("mulberries"), now);
        assertThat(finds(alice, "quinces")).isEmpty();
        String left = database.read(
                handle -> handle.select("select search_text from messages where room_id = 'lobby' and seq = ?", deleted)
                        .mapTo(String.class)
                        .one());
        assertThat(left).isEmpty();
        assertThat(finds(alice, "medlars")).isEmpty();
        assertThat(finds(alice, "mulberries")).containsExactly("mulberries");
    }

    @Test
    void all_words_must_match_in_any_order_and_only_the_last_as_a_prefix() {
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
    void punctuation_separates_words() {
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
    void every_script_is_found() {
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
    void no_input_breaks_the_search() {
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
            search.find(alice, SearchQuery.of(typed), SearchFilter.NONE, Optional.empty());
        }
        assertThat(SearchQuery.of("%_'\"\\&|!:*()<->\u0000\ud800").isEmpty()).isTrue();
        assertThat(finds(alice, "% ordinary _")).hasSize(1);
        assertThat(finds(alice, "ordinar%")).hasSize(1);
        assertThat(finds(alice, "ord_nary")).isEmpty();
        assertThat(finds(alice, "!ordinary")).hasSize(1);
    }

    @Test
    void pages_have_no_gaps_or_repeats_even_with_equal_timestamps() {
        int all = 2 * SearchService.PAGE_SIZE + 10;
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
            before = found.next().map(SearchCursor::toString).map(SearchCursor::of);
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
    void the_time_limit_applies_to_searches_only() throws SQLException {
        finds(alice, "grapefruit");
        int seconds = database.inTransaction(handle -> {
            try (Statement statement = handle.getConnection().createStatement()) {
                return statement.getQueryTimeout();
            }
        });
        assertThat(seconds).isZero();
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
        return search.find(person, SearchQuery.of(query), SearchFilter.NONE, before);
    }
}
