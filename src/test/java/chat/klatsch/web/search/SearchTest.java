package chat.klatsch.web.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One chat and three people, who look for words of each test's own. */
class SearchTest {
    @TempDir
    static Path directory;

    private static ChatServer chat;
    private static ChatClient alice;
    private static ChatClient bob;
    private static ChatClient carol;

    @BeforeAll
    static void start() {
        chat = ChatServer.start(
                config -> config.port(0).dataDirectory(directory).limit(Limit.POSTS_PER_MINUTE, 0));
        List<ChatClient> people = Stream.of("alice", "bob", "carol")
                .parallel()
                .map(name -> new ChatClient(chat.url(), name).signUp())
                .toList();
        alice = people.get(0);
        bob = people.get(1);
        carol = people.get(2);
    }

    @AfterAll
    static void stop() {
        chat.close();
    }

    @Test
    void what_is_found_leads_to_the_message_among_those_around_it() {
        ChatClient direct = alice.chatsWith("bob");
        long seq = direct.posts("the walnuts are in the cellar");
        Element hit = hits(bob, "walnut").get(0);
        assertThat(hit.select(".result-room").text()).isEqualTo("Private chat with alice");
        assertThat(hit.select("b").text()).isEqualTo("alice");
        assertThat(hit.select(".excerpt").html()).isEqualTo("the <mark>walnut</mark>s are in the cellar");
        assertThat(hit.attr("href")).isEqualTo("/rooms/" + direct.room() + "/messages/" + seq);
        assertThat(bob.get(hit.attr("href").substring(1)).headers().firstValue("Location"))
                .contains("/rooms/" + direct.room() + "?at=" + seq + "#m-" + seq);
    }

    @Test
    void a_stranger_finds_nothing_of_closed_rooms_and_private_chats() {
        ChatClient closed = alice.makes("Pantry", "closed");
        ChatClient direct = alice.chatsWith("bob");
        closed.posts("chestnuts in secret");
        direct.posts("chestnuts for two");
        alice.posts("chestnuts for all");
        assertThat(texts(alice, "chestnuts"))
                .containsExactly("chestnuts for all", "chestnuts for two", "chestnuts in secret");
        assertThat(texts(carol, "chestnuts")).containsExactly("chestnuts for all");
        for (ChatClient room : List.of(closed, direct, alice.in("nowhere"))) {
            assertThat(carol.get("search?q=chestnuts&room=" + room.room()).statusCode())
                    .isEqualTo(404);
        }
        assertThat(carol.get("search?q=chestnuts&room=%00").statusCode()).isEqualTo(404);
        assertThat(alice.page("search?q=chestnuts&room=" + closed.room())
                        .select(".excerpt")
                        .eachText())
                .containsExactly("chestnuts in secret");

        alice.post(closed.at("members"), Map.of("username", "carol"));
        assertThat(texts(carol, "chestnuts")).hasSize(2);
        carol.post(closed.at("leave"), Map.of());
        assertThat(texts(carol, "chestnuts")).hasSize(1);
        assertThat(new ChatClient(chat.url(), "nobody")
                        .get("search?q=chestnuts")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void hostile_text_is_text_also_where_it_is_marked() {
        String hostile = "<img src=x onerror=alert(1)> </mark><script>pistachio</script> &lt;";
        alice.posts(hostile);
        Element said = hits(alice, "script pistachio script").get(0).selectFirst(".excerpt");
        assertThat(said.wholeText()).isEqualTo(hostile);
        assertThat(said.select("mark").eachText()).containsExactly("script", "pistachio", "script");
        assertThat(said.select(":not(mark):not(.excerpt)")).isEmpty();

        Document page = alice.page("search?q=" + encoded("\"><script>alert(1)</script>"));
        assertThat(page.select("script")).isEmpty();
        assertThat(page.select("input[name=q]").val()).isEqualTo("\"><script>alert(1)</script>");
    }

    @Test
    void of_a_long_text_the_part_around_the_first_hit_is_shown() {
        alice.posts("🎉 ".repeat(300) + "in the middle an almond " + "lies ".repeat(200));
        String said = texts(alice, "almond").get(0);
        assertThat(said).startsWith("…").endsWith("…").contains("in the middle an almond lies");
        assertThat(said.length()).isLessThan(310);
        assertThat(said).doesNotContain("\ufffd");
    }

    @Test
    void pages_follow_one_another_without_gaps_or_repeats() {
        ChatClient room = carol.makes("Shelves", "closed");
        for (int i = 0; i < 45; i++) {
            (i % 2 == 0 ? room : carol).posts("hazelnut " + i);
        }
        assertThat(all("search?q=hazelnut")).hasSize(45).doesNotHaveDuplicates();
        assertThat(all("search?room=" + room.room() + "&q=hazelnut")).hasSize(23);
    }

    @Test
    void what_cannot_be_looked_for_is_said_so_and_kept() {
        assertThat(alice.page("search").select(".results, .no-results, .refusal"))
                .isEmpty();
        assertThat(alice.page("search?q=+%09").select(".results, .no-results, .refusal"))
                .isEmpty();
        assertThat(alice.page("search?q=cashews").select(".no-results").text()).isEqualTo("No results.");

        HttpResponse<String> refused = alice.get("search?q=" + "x".repeat(201));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.body()).select(".refusal").text())
                .isEqualTo("Use at most 200 characters; this search has 201.");
        assertThat(Jsoup.parse(refused.body()).select("input[name=q]").val()).isEqualTo("x".repeat(201));
        assertThat(alice.get("search?q=" + "x+".repeat(17)).statusCode()).isEqualTo(422);
        assertThat(alice.get("search?q=" + "x".repeat(201), "Accept", "application/json")
                        .body())
                .startsWith("{\"error\":");
        assertThat(alice.get("search?q=" + "x".repeat(10_000)).statusCode()).isBetween(400, 431);
        for (String before : List.of("1", "..", "1.lobby.x", "99999999999999999.lobby.1", "1.%00.1")) {
            assertThat(alice.get("search?q=x&before=" + before).statusCode()).isEqualTo(400);
        }
        assertThat(alice.get("search?q=x&before=9999999999999999.lobby.999999999999999999")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void nothing_that_can_be_typed_is_a_failure() {
        for (String typed : List.of(
                "%",
                "_",
                "'",
                "\"",
                "\\",
                "&|!:*()<->",
                "\"\"",
                "(",
                "a' or '1",
                "\u0000",
                "a\u0000b",
                "\u001b",
                "🎉",
                "..",
                ":q")) {
            HttpResponse<String> answer = bob.get("search?q=" + encoded(typed));
            assertThat(answer.statusCode()).as(typed).isEqualTo(200);
            assertThat(Jsoup.parse(answer.body()).select(".results")).as(typed).isEmpty();
        }
        for (String raw : List.of("%ff", "%ed%a0%80", "%c3", "%", "%zz", "%u0041")) {
            assertThat(bob.get("search?q=nothing" + raw.replaceFirst("^%(?=$|z|u)", "%25"))
                            .statusCode())
                    .as(raw)
                    .isIn(200, 400);
        }
    }

    @Test
    void who_searches_without_end_is_told_to_wait_and_keeps_what_was_typed() {
        ChatClient dora = new ChatClient(chat.url(), "dora").signUp();
        HttpResponse<String> answer = dora.get("search?q=pecan");
        for (int searches = 0; searches < 120 && answer.statusCode() == 200; searches++) {
            answer = dora.get("search?q=pecan");
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select(".refusal").text()).contains("searching too fast");
        assertThat(page.select("input[name=q]").val()).isEqualTo("pecan");
        assertThat(alice.get("search?q=pecan").statusCode()).isEqualTo(200);
    }

    private static List<String> all(String path) {
        List<String> all = new ArrayList<>();
        for (Optional<String> next = Optional.of(path); next.isPresent(); ) {
            Document page = carol.page(next.get());
            all.addAll(page.select(".excerpt").eachText());
            next = Optional.ofNullable(page.selectFirst(".results + a"))
                    .map(more -> more.attr("href").substring(1));
        }
        return all;
    }

    private static List<Element> hits(ChatClient person, String query) {
        return person.page("search?q=" + encoded(query)).select(".result");
    }

    private static List<String> texts(ChatClient person, String query) {
        return hits(person, query).stream()
                .map(hit -> hit.select(".excerpt").text())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
