package chat.klatsch.web.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests searching with one server and three users; each test searches for words of its own. */
class SearchTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient alice = chat.user("alice");
    private final ChatClient bob = chat.user("bob");
    private final ChatClient carol = chat.user("carol");

    @Test
    void a_hit_links_to_the_message_with_those_around_it() {
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
            assertThat(carol.getStatus("search?q=chestnuts&room=" + room.room()))
                    .isEqualTo(404);
        }
        assertThat(carol.getStatus("search?q=chestnuts&room=%00")).isEqualTo(404);
        assertThat(alice.page("search?q=chestnuts&room=" + closed.room())
                        .select(".excerpt")
                        .eachText())
                .containsExactly("chestnuts in secret");

        closed.admits(carol);
        assertThat(texts(carol, "chestnuts")).hasSize(2);
        carol.post(closed.at("leave"), Map.of());
        assertThat(texts(carol, "chestnuts")).hasSize(1);
        assertThat(chat.visitor("nobody").getStatus("search?q=chestnuts")).isEqualTo(303);
    }

    @Test
    void hostile_text_stays_text_also_in_highlights() {
        String hostile = "<img src=x onerror=alert(1)> </mark><script>pistachio</script> &lt;";
        alice.posts(hostile);
        Element said = hits(alice, "script pistachio script").get(0).selectFirst(".excerpt");
        assertThat(said.wholeText()).isEqualTo(hostile);
        assertThat(said.select("mark").eachText()).containsExactly("script", "pistachio", "script");
        assertThat(said.select(":not(mark):not(.excerpt)")).isEmpty();

        Document page = alice.page("search?q=" + encoded("\"><script>alert(1)</script>"));
        assertThat(page.select("main script")).isEmpty();
        assertThat(page.select("input[name=q]").val()).isEqualTo("\"><script>alert(1)</script>");
    }

    @Test
    void a_long_text_is_cut_around_the_first_match() {
        alice.posts("🎉 ".repeat(300) + "in the middle an almond " + "lies ".repeat(200));
        String said = texts(alice, "almond").get(0);
        assertThat(said).startsWith("…").endsWith("…").contains("in the middle an almond lies");
        assertThat(said.length()).isLessThan(310);
        assertThat(said).doesNotContain("\ufffd");
    }

    @Test
    void result_pages_have_no_gaps_or_repeats() {
        ChatClient room = carol.makes("Shelves", "closed");
        for (int i = 0; i < 45; i++) {
            (i % 2 == 0 ? room : carol).posts("hazelnut " + i);
        }
        assertThat(all("search?q=hazelnut")).hasSize(45).doesNotHaveDuplicates();
        assertThat(all("search?room=" + room.room() + "&q=hazelnut")).hasSize(23);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Grüße aus der Straße | grusse strasse | [Grüße] aus der [Straße]",
                "un cafe\u0301 noir | CAFÉ | un [café] noir",
                "a\u0323\u0302\u0301\u0308bc mañana | manana | ậ\u0301\u0308bc [mañana]",
                "x a\u0323\u0302\u0301\u0308bc | a | x [ậ\u0301\u0308]bc",
                "מילה שָׁלוֹם כאן | שלום | מילה [שָׁלוֹם] כאן",
                "قال مَرْحَبًا لنا | مرحبا | قال [مَرْحَبًا] لنا",
                "今日は東京タワーへ | 京タ | 今日は東[京タ]ワーへ",
                "학교에서 | 교 | 학[교]에서",
                "ฉันกินข้าว | ข | ฉันกิน[ข้]าว",
                "he codes 👩🏽‍💻 daily | 👩 | he codes [👩🏽‍💻] daily",
                "fine 👍🏽👍 | 👍 | fine [👍🏽][👍]",
                "e\ufb03cient code | eff | [e\ufb03]cient code",
                "Donau\u00addampf\u00adschiff | donaudampf | [Donau\u00addampf\u00ad]schiff",
                "in C++, not C# | c++ | in [C++], not C#",
                "see https://x.example/a_b | a_b | see https://x.example/[a_b]",
                "İstanbul'a | istanbul | [İstanbul]'a",
                "１２３ | 12 | [１２]３",
                "says 'do it' now | \"do it now\" | says '[do it' now]",
            })
    void what_is_found_is_marked_whatever_its_form(String text, String query, String marked) {
        ChatClient room = alice.makes("Forms", "closed");
        room.posts(text);
        Element excerpt = alice.page("search?q=" + encoded(query) + "&room=" + room.room())
                .selectFirst(".excerpt");
        assertThat(excerpt).as("excerpt").isNotNull();
        excerpt.select("mark").forEach(mark -> mark.prependText("[").appendText("]"));
        assertThat(excerpt.wholeText()).isEqualTo(marked);
        assertThat(bob.page("search?q=" + encoded(query)).select(".excerpt").eachText())
                .doesNotContain(text);
    }

    @Test
    void many_pasted_words_are_cut_and_not_refused() {
        String pasted = "this cashew was pasted " + "with very many words ".repeat(200);
        alice.posts(pasted.substring(0, 1_900));
        assertThat(texts(alice, pasted)).hasSize(1);
        assertThat(texts(alice, "cashew " + "x".repeat(300))).isEmpty();
        alice.posts("brazil" + "x".repeat(300));
        assertThat(texts(alice, "brazil" + "x".repeat(300))).hasSize(1);
        assertThat(alice.getStatus("search?q=" + "x+".repeat(500))).isEqualTo(200);
        assertThat(alice.getStatus("search?q=" + encoded("←↑ ".repeat(200)))).isEqualTo(200);
    }

    @Test
    void a_blank_query_finds_nothing_and_an_invalid_page_is_400() {
        assertThat(alice.page("search").select(".results, .no-results, .refusal"))
                .isEmpty();
        assertThat(alice.page("search?q=+%09").select(".results, .no-results, .refusal"))
                .isEmpty();
        assertThat(alice.page("search?q=+%09").select(".results, .no-results, .refusal"))
                .isEmpty();
        assertThat(alice.page("search?q=cashews").select(".no-results").text()).isEqualTo("No results.");

        assertThat(alice.getStatus("search?q=" + "%E4%B8%96".repeat(2_000))).isEqualTo(200);
        for (String before : List.of("1", "..", "1.lobby.x", "99999999999999999.lobby.1", "1.%00.1")) {
            assertThat(alice.getStatus("search?q=x&before=" + before)).isEqualTo(400);
        }
        assertThat(alice.getStatus("search?q=x&before=9999999999999999.lobby.999999999999999999"))
                .isEqualTo(200);
    }

    @Test
    void no_input_causes_an_error() {
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
                "🦤",
                "..",
                ":q")) {
            HttpResponse<String> answer = bob.get("search?q=" + encoded(typed));
            assertThat(answer.statusCode()).as(typed).isEqualTo(200);
            assertThat(Jsoup.parse(answer.body()).select(".results")).as(typed).isEmpty();
        }
        for (String raw : List.of("%ff", "%ed%a0%80", "%c3", "%", "%zz", "%u0041")) {
            assertThat(bob.getStatus("search?q=nothing" + raw.replaceFirst("^%(?=$|z|u)", "%25")))
                    .as(raw)
                    .isIn(200, 400);
        }
    }

    @Test
    void too_many_searches_are_refused_and_the_query_is_kept() {
        ChatClient dora = chat.user("dora");
        HttpResponse<String> answer = dora.get("search?q=pecan");
        for (int searches = 0; searches < 120 && answer.statusCode() == 200; searches++) {
            answer = dora.get("search?q=pecan");
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select(".refusal").text()).contains("searching too fast");
        assertThat(page.select("input[name=q]").val()).isEqualTo("pecan");
        assertThat(alice.getStatus("search?q=pecan")).isEqualTo(200);
    }

    @Test
    void results_are_counted_and_filters_stay_in_the_address() {
        ChatClient room = bob.makes("Orchard", "open");
        for (int i = 0; i < 25; i++) {
            room.posts("macadamia " + i);
        }
        assertThat(alice.posts("macadamia from alice")).isPositive();
        assertThat(counted(bob, "q=macadamia")).isEqualTo("26 results, newest first");
        assertThat(counted(bob, "q=macadamia&from=alice")).isEqualTo("1 result, newest first");
        String filters = "q=macadamia&from=%40Bob&since=2000-01-01&until=9999-12-31&room=" + room.room();
        Document page = bob.page("search?" + filters);
        assertThat(page.select("#found").text()).isEqualTo("25 results, newest first");
        assertThat(page.select(".result")).hasSize(20);
        Document next = bob.page(page.selectFirst(".results + a").attr("href").substring(1));
        assertThat(next.select("#found").text()).isEqualTo("25 results, newest first");
        assertThat(next.select(".result")).hasSize(5);
        assertThat(next.select("[name=q], [name=from], [name=since], [name=until]")
                        .eachAttr("value"))
                .containsExactly("macadamia", "@Bob", "2000-01-01", "9999-12-31");
        assertThat(next.select("[name=room] [selected]").val()).isEqualTo(room.room());
        for (String none : List.of("since=9999-12-31", "until=2000-01-01", "from=carol")) {
            assertThat(bob.page("search?q=macadamia&" + none)
                            .select(".no-results")
                            .text())
                    .as(none)
                    .isEqualTo("No results.");
        }
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        assertThat(counted(bob, "q=macadamia&since=" + today)).startsWith("26");
        assertThat(bob.page("search?from=alice").select(".no-results").text()).isEqualTo("Enter at least one word.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "from=nobody | from | nobody | No user has this name.",
                "from=alice%40example.com | from | alice@example.com | No user has this name.",
                "from=%00 | from | - | No user has this name.",
                "since=yesterday | since | yesterday | Enter a day like 2026-01-31.",
                "since=2026-02-30 | since | 2026-02-30 | Enter a day like 2026-01-31.",
                "until=1.2.2026 | until | 1.2.2026 | Enter a day like 2026-01-31.",
                "until=%2B12026-01-01 | until | +12026-01-01 | Enter a day like 2026-01-31.",
                "since=2026-02-02&until=2026-02-01 | until | 2026-02-01 | The end date is before the start date.",
            })
    void an_invalid_filter_is_said_beside_its_field_and_nothing_is_lost(
            String filters, String field, String value, String error) {
        HttpResponse<String> answer = alice.get("search?q=brazil+nut&room=lobby&" + filters);
        assertThat(answer.statusCode()).isEqualTo(422);
        Document page = Jsoup.parse(answer.body());
        Element input = page.selectFirst("[name=" + field + "]");
        assertThat(page.select("main [aria-invalid=true], main [autofocus]")).containsExactly(input);
        assertThat(input.attr("type")).isEqualTo("text");
        assertThat(page.getElementById(input.attr("aria-describedby")).text()).isEqualTo(error);
        if (value != null) {
            assertThat(input.val()).isEqualTo(value);
        }
        assertThat(page.select("[name=q]").val()).isEqualTo("brazil nut");
        assertThat(page.select("[name=room] [selected]").val()).isEqualTo("lobby");
        assertThat(page.select(".results, .no-results")).isEmpty();
    }

    @Test
    void the_field_has_the_focus_until_there_are_results() {
        alice.posts("a single beechnut");
        assertThat(alice.page("search").select("main [autofocus]").attr("name")).isEqualTo("q");
        assertThat(alice.page("search?q=nothinglikethis")
                        .select("main [autofocus]")
                        .attr("name"))
                .isEqualTo("q");
        assertThat(alice.page("search?q=beechnut").select("main [autofocus]")).isEmpty();
    }

    private static String counted(ChatClient user, String query) {
        return user.page("search?" + query).select("#found").text();
    }

    private List<String> all(String path) {
        List<String> all = new ArrayList<>();
        for (Optional<String> next = Optional.of(path); next.isPresent(); ) {
            Document page = carol.page(next.get());
            all.addAll(page.select(".excerpt").eachText());
            next = Optional.ofNullable(page.selectFirst(".results + a"))
                    .map(more -> more.attr("href").substring(1));
        }
        return all;
    }

    private static List<Element> hits(ChatClient user, String query) {
        return user.page("search?q=" + encoded(query)).select(".result");
    }

    private static List<String> texts(ChatClient user, String query) {
        return hits(user, query).stream()
                .map(hit -> hit.select(".excerpt").text())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
