package chat.klatsch.web.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.StaticAssets;
import gg.jte.output.StringOutput;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {
    private static final Site SITE = new Site("/team", Optional.empty(), new StaticAssets());

    static Stream<Arguments> formatted() {
        return Stream.of(
                arguments(
                        "**bold** *it* _it_ ~~gone~~ `a  b`",
                        "<strong>bold</strong> <em>it</em> <em>it</em> <del>gone</del> <code>a  b</code>"),
                arguments("***both***", "<em><strong>both</strong></em>"),
                arguments("`a` ``b ` c``", "<code>a</code> <code>b ` c</code>"),
                arguments("`<b>&amp;</b>`", "<code>&lt;b&gt;&amp;amp;&lt;/b&gt;</code>"),
                arguments("\\*as it is\\*", "*as it is*"),
                arguments("a *b\nc* d", "a <em>b\nc</em> d"),
                arguments("*one*  \n   two", "<em>one</em>  \n   two"),
                arguments("*one*\n\n\n\ttwo", "<em>one</em>\n\n\n\ttwo"),
                arguments("> one\n> two\n\nthree", "<blockquote>one\ntwo</blockquote>three"),
                arguments("> one\n>\n> > two", "<blockquote>one<blockquote>two</blockquote></blockquote>"),
                arguments("> one\n>\n> two", "<blockquote>one\n\ntwo</blockquote>"),
                arguments("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
                arguments("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
                arguments("7) a", "<ol start=\"7\"><li>a</li></ol>"),
                arguments(
                        "so:\n```java\n1 < 2\n\n  x\n```\nyes",
                        "so:<pre tabindex=\"0\"><code>1 &lt; 2\n\n  x\n</code></pre>yes"),
                arguments("~~~wow &lt;\nx", "<pre tabindex=\"0\"><code>~~~wow &amp;lt;\nx\n</code></pre>"),
                arguments("```so\tis\nx", "<pre tabindex=\"0\"><code>```so\tis\nx\n</code></pre>"),
                arguments("``` so it *is*\nx", "<pre tabindex=\"0\"><code>``` so it *is*\nx\n</code></pre>"),
                arguments("```\n**open", "<pre tabindex=\"0\"><code>**open\n</code></pre>"));
    }

    static Stream<Arguments> linked() {
        return Stream.of(
                arguments("see https://x.org/a_b?c=1&amp=2.", "see " + link("https://x.org/a_b?c=1&amp;amp=2") + "."),
                arguments("(http://x.org/(y))", "(" + link("http://x.org/%28y%29", "http://x.org/(y)") + ")"),
                arguments(
                        "www.x.org, bob@x.org",
                        link("http://www.x.org", "www.x.org") + ", " + link("mailto:bob@x.org", "bob@x.org")),
                arguments("<https://x.org>", link("https://x.org")),
                arguments("[a *b*](https://x.org 'c')", link("https://x.org", "a <em>b</em>")),
                arguments("[@alice https://y.org](HTTPS://x.org)", link("HTTPS://x.org", "@alice https://y.org")),
                arguments("[a][b]\n\n[b]: https://x.org", link("https://x.org", "a") + "\n\n[b]: https://x.org"),
                arguments("[a]: x\n(*b*", "[a]: x\n\n(<em>b</em>"),
                arguments("[a]: x\n(b\n[c]: y\n(d\n*e*", "[a]: x\n(b\n[c]: y\n(d\n<em>e</em>"),
                arguments("![a](https://x.org/y.png)", link("https://x.org/y.png", "a")),
                arguments("![](https://x.org/y.png)", link("https://x.org/y.png")),
                arguments("`https://x.org`", "<code>https://x.org</code>"));
    }

    static Stream<Arguments> mentioning() {
        return Stream.of(
                arguments("@alice", mention("alice", "alice")),
                arguments(
                        "Hi @Alice.B_c-d... (@bob)!",
                        "Hi " + mention("Alice.B_c-d", "alice.b_c-d") + "... (" + mention("bob", "bob") + ")!"),
                arguments("**@_al_**", "<strong>" + mention("_al_", "_al_") + "</strong>"),
                arguments(
                        "> @bob\n@eve",
                        "<blockquote>" + mention("bob", "bob") + "\n" + mention("eve", "eve") + "</blockquote>"),
                arguments(
                        "`@alice` \\@alice @a @" + "a".repeat(33), "<code>@alice</code> @alice @a @" + "a".repeat(33)),
                arguments("https://x.org/@alice", link("https://x.org/@alice")),
                arguments("alice@bob", "alice@bob"),
                arguments("@... @-- @éa @aliceé @alice@bob", "@... @-- @éa @aliceé @alice@bob"));
    }

    @ParameterizedTest
    @MethodSource({"formatted", "linked", "mentioning"})
    void supported_markdown_becomes_html(String text, String html) {
        assertThat(parsed(html(text)).html()).isEqualTo(parsed(html).html());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two\nlines",
                "a\n\n\n   b  \n\tc   d",
                "a:\n    b\n\n    c*",
                "# no\n## heading",
                "neither\n===\nthis\n---\nnor *\n***",
                "| a | b |\n|---|---|\n| 1 | 2 |",
                "<b>raw</b> <!-- c --> <a\nhref='x'> <script>x</script> </div>",
                "&lt;b&gt; &#60; &amp; a&b",
                "[j](javascript:alert(1)) [r](/logout) [p](//x.org) [d](data:text/html,x) [](b) ![](c.png)",
                "javascript:alert(1) [a] ftp://x.org",
                "[a]: https://x.org 'b'",
                "[a]: a (",
                "~one~ 2 * 3 * 4 snake_case_name x_",
                "-",
                ">",
                "1.",
                "* * *",
                "```",
                "[ ](https://x.org)",
                "-1 +1 3.14 a - b"
            })
    void other_syntax_is_shown_as_written(String text) {
        Document document = parsed(html(text));
        assertThat(document.body().wholeText()).isEqualTo(text);
        assertThat(document.body().children()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDE00",
                "\uD83D\uDE00 \uD83D\uDE00\n\uD83D\uDE00",
                "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB\uD83C\uDDF7",
                "\uD83D\uDC4D\uD83C\uDFFD\u270C\uD83C\uDFFB",
                "\u2764\uFE0F\u200D\uD83D\uDD25",
                "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "1\uFE0F\u20E3",
                "\u2615",
                "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"
            })
    void up_to_a_few_emoji_alone_are_large(String text) {
        assertThat(Markup.isLarge(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "12",
                "\u00A9",
                "\u2192",
                "\uD83D\uDE00!",
                "\uD83C\uDDE9",
                "\u200D",
                "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"
            })
    void words_signs_and_many_emoji_are_not_large(String text) {
        assertThat(Markup.isLarge(text)).isFalse();
    }

    static String html(String text) {
        StringOutput html = new StringOutput();
        Markup.of(SITE, text).writeTo(html);
        return html.toString();
    }

    static Document parsed(String html) {
        Document document = Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false);
        return document;
    }

    private static String link(String address) {
        return link(address, address);
    }

    private static String link(String address, String text) {
        return "<a href=\"%s\" rel=\"noopener noreferrer nofollow\">%s</a>".formatted(address, text);
    }

    private static String mention(String name, String comparable) {
        return "<a class=\"mention\" data-mention=\"%2$s\" href=\"/team/@%1$s\">@%1$s</a>".formatted(name, comparable);
    }
}
