package chat.klatsch.web.markup;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.Seeds;
import chat.klatsch.markup.MentionCandidates;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Checks that the HTML of any text is harmless and keeps what was written. */
class MarkupPropertyTest {
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("a", Set.of("href", "rel", "class", "data-mention", "tabindex")),
            Map.entry("em", Set.of()),
            Map.entry("strong", Set.of()),
            Map.entry("del", Set.of()),
            Map.entry("bdi", Set.of("class")),
            Map.entry("span", Set.of("class", "data-mention")),
            Map.entry("code", Set.of("dir")),
            Map.entry("pre", Set.of("dir", "tabindex")),
            Map.entry("blockquote", Set.of("dir")),
            Map.entry("ul", Set.of()),
            Map.entry("li", Set.of("dir")));
    private static final List<String> WORDS = List.of(
            "a",
            "b1",
            "é",
            "重要",
            "님",
            "\uD83D\uDE00",
            "\u202E",
            "@bob",
            "@Ann.",
            "@",
            "https://x.org/",
            "www.x.org",
            "b@x.org");
    private static final List<String> MARKS = List.of(
            " ",
            "    ",
            "\t",
            "\n",
            "\n\n",
            "*",
            "**",
            "***",
            "_",
            "__",
            "~~",
            "`",
            "```",
            "\n```\n",
            ">",
            "\n> ",
            "\n- ",
            "\n  * ",
            "1. ",
            "#",
            "[",
            "]",
            "(",
            ")",
            "!",
            "，",
            "<",
            "<!--",
            "<script>",
            "</div>",
            "<a href=",
            "\"",
            "'",
            "&",
            "&lt;",
            "\\",
            "javascript:",
            "data:text/html,",
            "//x.org",
            "mailto:");

    private static final List<List<String>> ANYTHING = List.of(WORDS, MARKS, List.of("](", "](https://y.org)"));
    private static final List<List<String>> WITHOUT_LINK_TEXTS = List.of(WORDS, MARKS);
    private static final List<List<String>> MENTIONS = List.of(
            List.of("@", "@", "@bob", "@Ann", "a", "_", "-", ".", "é", "你", "\uD83D\uDE00"),
            List.of(" ", "\n", "*", "**", ",", "(", "`@bob`", "\n> ", "- ", "/", "[@ann](https://x.org)"));

    /** Each mark, and the elements that stand for it. */
    private static final Map<Integer, String> DRAWN = Map.of(
            (int) '*', "em, strong, ul",
            (int) '_', "em",
            (int) '~', "del",
            (int) '`', "code, pre",
            (int) '>', "blockquote",
            (int) '-', "ul");

    @Test
    void only_allowed_elements_and_attributes_come_out() {
        Seeds.forEach(1_000, random -> isHarmless(Seeds.text(random, ANYTHING)));
    }

    @Test
    void no_character_vanishes_unless_it_marks_something_that_is_drawn() {
        Seeds.forEach(2_000, random -> losesNothing(Seeds.text(random, WITHOUT_LINK_TEXTS)));
    }

    @Test
    void users_who_are_marked_as_mentioned_are_those_who_are_notified() {
        Seeds.forEach(1_000, random -> {
            String text = Seeds.text(random, MENTIONS);
            assertThat(html(text).select("[data-mention]").eachAttr("data-mention"))
                    .hasSameElementsAs(MentionCandidates.in(text).among(MarkupTest.USERS::contains));
        });
    }

    static void isHarmless(String text) {
        Document document = html(text);
        for (Element element : document.body().select("body *")) {
            assertThat(ALLOWED).containsKey(element.tagName());
            assertThat(element.attributes().asList().stream().map(Attribute::getKey))
                    .isSubsetOf(ALLOWED.get(element.tagName()));
        }
        for (Element link : document.select("a")) {
            assertThat(link.attr("href")).matches("(?is)(https?:|mailto:).*|/team/@[a-z0-9_.-]+");
            assertThat(link.hasClass("mention") || link.attr("rel").equals("noopener noreferrer nofollow"))
                    .isTrue();
            assertThat(link.parents()).noneMatch(parent -> parent.nameIs("a"));
        }
    }

    /** Checks that the text of the HTML is the source without marks, each of which has an element that draws it. */
    static void losesNothing(String text) {
        Document document = html(text);
        document.select(".host").remove();
        int[] shown = document.body().wholeText().codePoints().toArray();
        int at = 0;
        for (int character : text.codePoints().toArray()) {
            if (at < shown.length && shown[at] == character) {
                at++;
            } else if (Character.isWhitespace(character)) {
                assertThat(document.select("pre, ul, blockquote, code"))
                        .as(text)
                        .isNotEmpty();
            } else {
                assertThat(DRAWN).as(text).containsKey(character);
                assertThat(document.select(DRAWN.get(character))).as(text).isNotEmpty();
            }
        }
        assertThat(shown.length - at).as(text).isZero();
    }

    private static Document html(String text) {
        return MarkupTest.parsed(MarkupTest.html(text));
    }
}
