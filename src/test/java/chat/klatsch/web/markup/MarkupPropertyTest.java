package chat.klatsch.web.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import chat.klatsch.message.Mentions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Whatever is written, what comes out is harmless, says the same, and is there soon. */
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
    /** In these, something that is not shown may be written. */
    private static final List<String> HIDING = List.of("](", "]: ", "```", "1. ", "[a]: ");

    @Property(tries = 1_000)
    void it_is_made_of_what_is_allowed(@ForAll("texts") String text) {
        Document document = MarkupTest.parsed(MarkupTest.html(text));
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

    @Property(tries = 1_000)
    void it_says_nothing_that_was_not_written(@ForAll("texts") String text) {
        int at = 0;
        for (int letter : emails(MarkupTest.parsed(MarkupTest.html(text)))) {
            at = text.indexOf(letter, at) + Character.charCount(letter);
            assertThat(at).isPositive();
        }
    }

    @Property(tries = 1_000)
    void it_says_all_that_was_written(@ForAll("openTexts") String text) {
        assertThat(emails(MarkupTest.parsed(MarkupTest.html(text))))
                .containsExactly(
                        text.codePoints().filter(Character::isLetterOrDigit).toArray());
    }

    @Property(tries = 500)
    void those_who_are_called_are_those_who_are_counted(@ForAll("calls") String text) {
        assertThat(MarkupTest.parsed(MarkupTest.html(text))
                        .select("[data-mention]")
                        .eachAttr("data-mention"))
                .hasSameElementsAs(Mentions.in(text));
    }

    @Example
    void nobody_can_write_what_takes_long() {
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

    @Provide
    Arbitrary<String> texts() {
        return texts(List.of(WORDS, MARKS, HIDING));
    }

    @Provide
    Arbitrary<String> openTexts() {
        return texts(List.of(WORDS, MARKS))
                .filter(text -> HIDING.stream().map(String::strip).noneMatch(text::contains));
    }

    @Provide
    Arbitrary<String> calls() {
        return texts(List.of(
                List.of("@", "@", "@bob", "@Ann", "a", "_", "-", ".", "é", "\uD83D\uDE00"),
                List.of(" ", "\n", "*", "**", ",", "(", "`@bob`", "> ", "- ", "/", "\\,")));
    }

    private static Arbitrary<String> texts(List<List<String>> kinds) {
        return Arbitraries.of(kinds)
                .flatMap(Arbitraries::of)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(pieces -> String.join("", pieces));
    }

    private static int[] emails(Document document) {
        return document.body()
                .wholeText()
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .toArray();
    }
}
