package chat.klatsch.web.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import chat.klatsch.fixture.Seeds;
import chat.klatsch.message.Mentions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Checks that the HTML of any text is harmless, keeps its words, and is rendered quickly. */
class MarkupPropertyTest {
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("a", Set.of("href", "rel", "class", "data-mention")),
            Map.entry("em", Set.of()),
            Map.entry("strong", Set.of()),
            Map.entry("del", Set.of()),
            Map.entry("code", Set.of()),
            Map.entry("pre", Set.of("tabindex")),
            Map.entry("blockquote", Set.of()),
            Map.entry("ul", Set.of()),
            Map.entry("ol", Set.of("start")),
            Map.entry("li", Set.of()));
    private static final List<String> WORDS = List.of(
            "a", "b1", "é", "\uD83D\uDE00", "\u202E", "@bob", "@Ann.", "@", "https://x.org/", "www.x.org", "bob@x.org");
    private static final List<String> MARKS = List.of(
            " ",
            "    ",
            "\t",
            "\n",
            "\n\n",
            "*",
            "**",
            "_",
            "~~",
            "`",
            ">",
            "> ",
            "- ",
            "#",
            "[",
            "]",
            "(",
            ")",
            "!",
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
    /** Syntax around text that is not shown, such as the address of a link. */
    private static final List<String> HIDING = List.of("](", "]: ", "```", "1. ", "[a]: ");

    private static final List<List<String>> ANYTHING = List.of(WORDS, MARKS, HIDING);
    private static final List<List<String>> MENTIONS = List.of(
            List.of("@", "@", "@bob", "@Ann", "a", "_", "-", ".", "é", "\uD83D\uDE00"),
            List.of(" ", "\n", "*", "**", ",", "(", "`@bob`", "> ", "- ", "/", "\\,"));

    @Test
    void only_allowed_elements_and_attributes_come_out() {
        Seeds.forEach(1_000, random -> isHarmless(Seeds.text(random, ANYTHING)));
    }

    @Test
    void no_letter_comes_out_that_was_not_written() {
        Seeds.forEach(1_000, random -> addsNothing(Seeds.text(random, ANYTHING)));
    }

    @Test
    void every_letter_that_was_written_comes_out() {
        Seeds.forEach(1_000, random -> {
            String text = HIDING.stream()
                    .map(String::strip)
                    .reduce(Seeds.text(random, List.of(WORDS, MARKS)), (all, hiding) -> all.replace(hiding, " "));
            assertThat(letters(html(text)))
                    .containsExactly(
                            text.codePoints().filter(Character::isLetterOrDigit).toArray());
        });
    }

    @Test
    void users_who_are_marked_as_mentioned_are_those_who_are_notified() {
        Seeds.forEach(500, random -> {
            String text = Seeds.text(random, MENTIONS);
            assertThat(html(text).select("[data-mention]").eachAttr("data-mention"))
                    .hasSameElementsAs(Mentions.in(text));
        });
    }

    @Test
    void no_text_takes_long_to_render() {
        List<String> texts = List.of(
                "[",
                "![",
                "[a](",
                "*",
                "**a ",
                "*a **b ",
                "_a",
                "a**b",
                "~~a",
                ">",
                "> ",
                "\n>",
                "- ",
                "1. ",
                "`",
                "`a``b```c",
                "<",
                "<a ",
                "<!--",
                "@",
                "@a",
                "a@",
                "&",
                "&#",
                "\\",
                "http://",
                "www.",
                "[a]: ",
                "x\n",
                "\n\n",
                "- a\n ",
                ".",
                "@.",
                "(");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (String text : texts) {
                for (int length : List.of(2_000, 20_000)) {
                    String body = text.repeat(length / text.length());
                    assertThat(MarkupTest.html(body)).isNotEmpty();
                    assertThat(MarkupTest.html(body + "a* ".repeat(300))).isNotEmpty();
                    assertThat(Mentions.in(body)).hasSizeLessThan(2_000);
                }
            }
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

    static void addsNothing(String text) {
        int at = 0;
        for (int letter : letters(html(text))) {
            at = text.indexOf(letter, at) + Character.charCount(letter);
            assertThat(at).isPositive();
        }
    }

    private static Document html(String text) {
        return MarkupTest.parsed(MarkupTest.html(text));
    }

    private static int[] letters(Document document) {
        return document.body()
                .wholeText()
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .toArray();
    }
}
