package chat.klatsch.web.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Message;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.StaticAssets;
import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {
    static final Site SITE = new Site("/team", Optional.empty(), new StaticAssets(), () -> "Klatsch");
    private static final User AUTHOR = new User(new UserId(1), "author", "Author");
    static final Set<String> USERS = Set.of("ann", "bob", "b.c_d-e", "_al_", "dot.");
    private static final String PRE = "<pre dir=\"ltr\" tabindex=\"0\">";

    static Stream<Arguments> styled() {
        return Stream.of(
                arguments(
                        "**bold** *it* _it_ ~~gone~~ `a  b`",
                        "<strong>bold</strong> <em>it</em> <em>it</em> <del>gone</del> <code dir=\"ltr\">a  b</code>"),
                arguments("***both***", "<em><strong>both</strong></em>"),
                arguments("**bold *and it***", "<strong>bold <em>and it</em></strong>"),
                arguments("***bold** and it*", "<em><strong>bold</strong> and it</em>"),
                arguments("_a *b* ~~c~~_", "<em>a <em>b</em> <del>c</del></em>"),
                arguments("a *b\nc* d", "a <em>b\nc</em> d"),
                arguments("(*word*), \"*b*\", *c*!", "(<em>word</em>), \"<em>b</em>\", <em>c</em>!"),
                arguments("**50 %** **€5** **C++** **+1**", strong("50 %", "€5", "C++", "+1")),
                arguments(
                        "**¡hola!** **«a»** **„b“** **\uD83C\uDF89 c \uD83C\uDF89**",
                        strong("¡hola!", "«a»", "„b“", "\uD83C\uDF89 c \uD83C\uDF89")),
                arguments("**重要：**请看", "<strong>重要：</strong>请看"),
                arguments("请看**重要**的", "请看<strong>重要</strong>的"),
                arguments("これは**大事**です。*本当*。", "これは<strong>大事</strong>です。<em>本当</em>。"),
                arguments(
                        "**중요**는 _이것_입니다 \u200f*שלום* **C#** **\uD83D\uDC4D\uD83C\uDFFD ok**",
                        "<strong>중요</strong>는 <em>이것</em>입니다 \u200f<em>שלום</em> <strong>C#</strong>"
                                + " <strong>\uD83D\uDC4D\uD83C\uDFFD ok</strong>"),
                arguments("คือ**สำคัญ**มาก", "คือ<strong>สำคัญ</strong>มาก"),
                arguments("**مهم** جدا", "<strong>مهم</strong> جدا"),
                arguments("**E**-Mail, *Bob*'s, *a*/b", "<strong>E</strong>-Mail, <em>Bob</em>'s, <em>a</em>/b"),
                arguments("*f*ck*", "<em>f*ck</em>"),
                arguments("*open **closed**", "*open <strong>closed</strong>"),
                arguments("_foo_bar_", "<em>foo_bar</em>"));
    }

    /** Styles that end directly before a word: after punctuation, and double marks anywhere. */
    static Stream<Arguments> endingBeforeWords() {
        return Stream.of(
                arguments("**Achtung!**Text", "<strong>Achtung!</strong>Text"),
                arguments("**重要：**Text", "<strong>重要：</strong>Text"),
                arguments("**Note:**text", "<strong>Note:</strong>text"),
                arguments("**Внимание!**Текст", "<strong>Внимание!</strong>Текст"),
                arguments("**Ciao,**tutti", "<strong>Ciao,</strong>tutti"),
                arguments("**\"Ja\"**sagen", "<strong>\"Ja\"</strong>sagen"),
                arguments("**(neu)**hier", "<strong>(neu)</strong>hier"),
                arguments("**Fertig…**Und", "<strong>Fertig…</strong>Und"),
                arguments("**«Да»**сказал", "<strong>«Да»</strong>сказал"),
                arguments("**Preis:**5€", "<strong>Preis:</strong>5€"),
                arguments("**An:**@bob", "<strong>An:</strong>" + mention("bob")),
                arguments("**Siehe:**https://x.org", "<strong>Siehe:</strong>" + link("https://x.org")),
                arguments("**Name**(Rolle)", "<strong>Name</strong>(Rolle)"),
                arguments("**Donau**dampfschiff", "<strong>Donau</strong>dampfschiff"),
                arguments("(**Achtung!**Text)", "(<strong>Achtung!</strong>Text)"),
                arguments("***Halt!***Text", "<em><strong>Halt!</strong></em>Text"),
                arguments("*Achtung!*Text", "<em>Achtung!</em>Text"),
                arguments("*Fertig.*Danach", "<em>Fertig.</em>Danach"),
                arguments("*注意：*text", "<em>注意：</em>text"),
                arguments("_Wirklich?_Ja", "<em>Wirklich?</em>Ja"),
                arguments("_*Halt!*_Text", "<em><em>Halt!</em></em>Text"),
                arguments("~~alt.~~neu", "<del>alt.</del>neu"),
                arguments("~~Montag~~Dienstag", "<del>Montag</del>Dienstag"));
    }

    static Stream<Arguments> code() {
        return Stream.of(
                arguments("`a` ``b ` c``", "<code dir=\"ltr\">a</code> <code dir=\"ltr\">b ` c</code>"),
                arguments("`` `a` ``", "<code dir=\"ltr\">`a`</code>"),
                arguments("`*a* @bob https://x.org`", "<code dir=\"ltr\">*a* @bob https://x.org</code>"),
                arguments("`<b>&amp;</b>`", "<code dir=\"ltr\">&lt;b&gt;&amp;amp;&lt;/b&gt;</code>"),
                arguments("用`ls`命令", "用<code dir=\"ltr\">ls</code>命令"),
                arguments("do ```a\nb``` now", "do <code dir=\"ltr\">a\nb</code> now"),
                arguments(
                        "so:\n```java\n1 < 2\n\n  x\n```\nyes",
                        "so:\n" + PRE
                                + "<span class=\"language\">java\n</span><code>1 &lt; 2\n\n  x\n</code></pre>yes"),
                arguments("```\na\n``` and *b*", PRE + "<code>a\n</code></pre> and <em>b</em>"),
                arguments("```\na```\nb", PRE + "<code>a\n</code></pre>b"),
                arguments("```a\nb```\nc", PRE + "<code>a\nb\n</code></pre>c"),
                arguments("```\na``` b", PRE + "<code>a</code></pre> b"),
                arguments("```so\tis\nx\n```", PRE + "<code>so\tis\nx\n</code></pre>"),
                arguments("```\n**open\n  > x", PRE + "<code>**open\n  &gt; x</code></pre>"),
                arguments("````\n```\na\n```\n````", PRE + "<code>```\na\n```\n</code></pre>"),
                arguments(
                        "> ```\n> a\n> ```",
                        "<blockquote dir=\"auto\">" + PRE + "<code>a\n</code></pre></blockquote>"));
    }

    static Stream<Arguments> blocks() {
        return Stream.of(
                arguments("> one\n> two\nthree", quote("one\ntwo\n") + "three"),
                arguments("> I would pay 500\nNever!", quote("I would pay 500\n") + "Never!"),
                arguments("a\n> b\n\nc", "a\n" + quote("b\n") + "\nc"),
                arguments("> one\n>\n> > two", quote("one\n\n" + quote("two"))),
                arguments("> *a* >_<", quote("<em>a</em> &gt;_&lt;")),
                arguments("- a\n- b\n  - c\n- d\ne", list("a\n", "b\n" + list("c\n"), "d\n") + "e"),
                arguments("* *a*\n* b", list("<em>a</em>\n", "b")),
                arguments("- buy milk", list("buy milk")),
                arguments("- 2 eggs\n- milk", list("2 eggs\n", "milk")));
    }

    static Stream<Arguments> linked() {
        return Stream.of(
                arguments("see https://x.org/a_b?c=1&amp=2.", "see " + link("https://x.org/a_b?c=1&amp=2") + "."),
                arguments("https://x.org/json/__init__.py", link("https://x.org/json/__init__.py")),
                arguments("https://x.org/a*b*c", link("https://x.org/a*b*c")),
                arguments("https://x.org/a~~b~~/@c/d_", link("https://x.org/a~~b~~/@c/d_")),
                arguments(
                        "_https://x.org/a_b_ **https://x.org**",
                        "<em>" + link("https://x.org/a_b") + "</em> <strong>" + link("https://x.org") + "</strong>"),
                arguments("*see https://x.org/a*", "<em>see " + link("https://x.org/a") + "</em>"),
                arguments(
                        "(http://x.org/(y)) [https://x.org]",
                        "(" + link("http://x.org/(y)") + ") [" + link("https://x.org") + "]"),
                arguments("见https://x.org/a，然后", "见" + link("https://x.org/a") + "，然后"),
                arguments(
                        "“https://x.org/a”—https://x.org/b…",
                        "“" + link("https://x.org/a") + "”—" + link("https://x.org/b") + "…"),
                arguments(
                        "（https://x.org）「https://x.org」https://x.org。",
                        "（" + link("https://x.org") + "）「" + link("https://x.org") + "」" + link("https://x.org") + "。"),
                arguments(
                        "https://x.org/a؟ https://x.org/a।",
                        link("https://x.org/a") + "؟ " + link("https://x.org/a") + "।"),
                arguments(
                        "'https://x.org/it's' https://x.org/a...",
                        "'" + link("https://x.org/it's") + "' " + link("https://x.org/a") + "..."),
                arguments(
                        "https://de.x.org/wiki/Köln https://zh.x.org/重要",
                        link("https://de.x.org/wiki/Köln") + " " + link("https://zh.x.org/重要")),
                arguments(
                        "HTTPS://X.ORG http://localhost:8080/x http://[::1]/",
                        link("HTTPS://X.ORG") + " " + link("http://localhost:8080/x") + " " + link("http://[::1]/")),
                arguments(
                        "Www.example.org, bob@x.org.",
                        link("http://Www.example.org", "Www.example.org") + ", " + link("mailto:bob@x.org", "bob@x.org")
                                + "."),
                arguments("n@bücher.example", link("mailto:n@bücher.example", "n@bücher.example")),
                arguments("_bob@x.org_", "<em>" + link("mailto:bob@x.org", "bob@x.org") + "</em>"),
                arguments("**链接：https://x.org/a**请看", "<strong>链接：" + link("https://x.org/a") + "</strong>请看"),
                arguments(
                        "|https://x.org/a|https://y.org/b,https://z.org",
                        "|" + link("https://x.org/a") + "|" + link("https://y.org/b") + "," + link("https://z.org")),
                arguments("https://x.org/a・・・", link("https://x.org/a") + "・・・"),
                arguments("<https://x.org>", "&lt;" + link("https://x.org") + "&gt;"),
                arguments("[a *b*](https://x.org)", link("https://x.org", "a <em>b</em>")),
                arguments("[a [b]](https://x.org/(c)) d", link("https://x.org/(c)", "a [b]") + " d"),
                arguments(
                        "[a @bob](HTTPS://x.org)!",
                        link("HTTPS://x.org", "a <span class=\"mention\" data-mention=\"bob\">@bob</span>") + "!"),
                arguments(
                        "https://x.org～ https://x.org/a→b",
                        link("https://x.org") + "～ " + link("https://x.org/a") + "→b"),
                arguments("https://x.org\uD83D\uDC4D", link("https://x.org") + "\uD83D\uDC4D"),
                arguments("https://x.org\uD83D\uDC4Dgreat", link("https://x.org") + "\uD83D\uDC4Dgreat"),
                arguments("https://x.org/a\uD83C\uDF89 b", link("https://x.org/a") + "\uD83C\uDF89 b"),
                arguments("https://i❤.ws, https://i❤️.ws/a", link("https://i❤.ws") + ", " + link("https://i❤️.ws/a")),
                arguments(
                        "http://☃.net/ \uD83D\uDC49http://\uD83D\uDCA9.la",
                        link("http://☃.net/") + " \uD83D\uDC49" + link("http://\uD83D\uDCA9.la")),
                arguments(
                        "https://x.org/☃/a https://x.org/\uD83D\uDC69\u200D\uD83D\uDCBB",
                        link("https://x.org/☃/a") + " " + link("https://x.org/\uD83D\uDC69\u200D\uD83D\uDCBB")),
                arguments(
                        "(https://x.org/wiki/❤️) https://x.org/?q=☃&b=1",
                        "(" + link("https://x.org/wiki/❤️") + ") " + link("https://x.org/?q=☃&b=1")),
                arguments(
                        "https://x.org/a☃b/€/c, www.☃.net",
                        link("https://x.org/a☃b/€/c") + ", " + link("http://www.☃.net", "www.☃.net")),
                arguments("[a](https://☃.net)", link("https://☃.net", "a")),
                arguments(
                        "bob@пример.рф, bob@例え.jp bob@例え.jpへ",
                        link("mailto:bob@пример.рф", "bob@пример.рф") + ", " + link("mailto:bob@例え.jp", "bob@例え.jp")
                                + " " + link("mailto:bob@例え.jp", "bob@例え.jp") + "へ"),
                arguments(
                        "bob@उदाहरण.भारत bob@mail.例子.中国。 bob@مثال.مصر",
                        link("mailto:bob@उदाहरण.भारत", "bob@उदाहरण.भारत") + " "
                                + link("mailto:bob@mail.例子.中国", "bob@mail.例子.中国") + "。 "
                                + link("mailto:bob@مثال.مصر", "bob@مثال.مصر")),
                arguments(
                        "请联系bob@x.org谢谢 bob@x.org.Спасибо bob@x.org.谢谢",
                        "请联系" + link("mailto:bob@x.org", "bob@x.org") + "谢谢 " + link("mailto:bob@x.org", "bob@x.org")
                                + ".Спасибо " + link("mailto:bob@x.org", "bob@x.org") + ".谢谢"),
                arguments("![a](https://x.org/y.png)", "!" + link("https://x.org/y.png", "a")),
                arguments("[a](https://x.org 'c')", "[a](" + link("https://x.org") + " 'c')"),
                arguments("[a]: https://x.org 'b'", "[a]: " + link("https://x.org") + " 'b'"));
    }

    static Stream<Arguments> disguised() {
        return Stream.of(
                arguments("[bank.com](https://evil.org/x)", "evil.org"),
                arguments("[see https://bank.com/login here](https://evil.org)", "evil.org"),
                arguments("[BANK。com](https://evil.org)", "evil.org"),
                arguments("[b\u200Bank.com](https://evil.org)", "evil.org"),
                arguments("[bank.com](https://bank.com.evil.org:8080/)", "bank.com.evil.org"),
                arguments("[bank.com](https://bank.com@evil.org)", "evil.org"),
                arguments("https://bank.com@evil.org/x", "evil.org"),
                arguments("[bob@bank.com](mailto:eve@evil.org)", "evil.org"),
                arguments("[127.0.0.1](https://evil.org)", "evil.org"),
                arguments("[**good**.org](https://evil.org)", "evil.org"),
                arguments("[`good`.org](https://evil.org)", "evil.org"),
                arguments("[faß.de](https://fass.de)", "fass.de"),
                arguments("[Kapitel 1.2](https://x.org)", ""),
                arguments("max.mustermann@example.org", ""),
                arguments("https://x_y.org/a_b", ""),
                arguments("www.x_y.org", ""),
                arguments("[аррӏе.com](https://apple.com)", "apple.com"),
                arguments("[apple.com](https://аррӏе.com)", "xn--80ak6aa92e.com"),
                arguments("[www.x.org/a/b.c](https://x.org)", ""),
                arguments("[https://X.org](https://x.org/a?b=bank.com)", ""),
                arguments("[click. Here](https://x.org)", ""),
                arguments("https://x.org/@bank.com/index.html?a=b.com", ""),
                arguments("www.x.org/index.html", ""));
    }

    static Stream<Arguments> mentioning() {
        return Stream.of(
                arguments("@bob", mention("bob")),
                arguments(
                        "Hi @Bob... (@b.c_d-e)!", "Hi " + mention("bob", "@Bob") + "... (" + mention("b.c_d-e") + ")!"),
                arguments(
                        "你好@bob请看 @bob님 привет@bob",
                        "你好" + mention("bob") + "请看 " + mention("bob") + "님 привет" + mention("bob")),
                arguments(
                        "_hey @bob_ **@_al_**",
                        "<em>hey " + mention("bob") + "</em> <strong>" + mention("_al_") + "</strong>"),
                arguments(
                        "@ann/@bob (-@bob) +@bob =@bob",
                        mention("ann") + "/" + mention("bob") + " (-" + mention("bob") + ") +" + mention("bob") + " ="
                                + mention("bob")),
                arguments(
                        "\uD83D\uDC4B@bob @bob's @bob: @bob,@ann",
                        "\uD83D\uDC4B" + mention("bob") + " " + mention("bob") + "'s " + mention("bob") + ": "
                                + mention("bob") + "," + mention("ann")),
                arguments(
                        "@bob.Please @bob--thanks @bob_",
                        mention("bob") + ".Please " + mention("bob") + "--thanks " + mention("bob") + "_"),
                arguments("@dot. and @bob.", mention("dot.") + " and " + mention("bob") + "."),
                arguments(
                        "__@bob__ @@bob ＠bob",
                        "__" + mention("bob") + "__ @" + mention("bob") + " " + mention("bob", "＠bob")),
                arguments("@bob.@ann @bob-san", mention("bob") + "." + mention("ann") + " " + mention("bob") + "-san"),
                arguments("> @bob\n- @ann", quote(mention("bob") + "\n") + list(mention("ann"))),
                arguments("a ` b @bob", "a ` b " + mention("bob")),
                arguments("[a](https:@bob)", "[a](https:" + mention("bob") + ")"));
    }

    @ParameterizedTest
    @MethodSource({"styled", "endingBeforeWords", "code", "blocks", "linked", "mentioning"})
    void marks_links_and_mentions_become_html(String text, String html) {
        assertThat(html(text)).isEqualTo(parsed(html).body().html());
    }

    @ParameterizedTest
    @MethodSource("disguised")
    void a_link_that_looks_like_another_host_shows_its_own(String text, String host) {
        Document document = parsed(html(text));
        assertThat(document.select("a").size()).isEqualTo(1);
        assertThat(document.select("a + .host").text()).isEqualTo(host.isEmpty() ? "" : "(" + host + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "24. Dezember\n31. Dezember",
                "1986. What a year",
                "3) c\n7) d\n\n007. James",
                "¯\\_(ツ)_/¯",
                "\\\\server\\share\\_docs C:\\*.txt \\*as it is\\*",
                "Freund*innen und Kolleg*innen",
                "2*3*4 2 * 3 * 4 2**3**4 a_b_c",
                "__init__ and __main__.py",
                ">_< so tired",
                ">:( >.< >100 >>> print(1)",
                "   first line",
                "two\n  lines\n\n\n   b  \n\tc   d",
                "^_^ hi ^_^ -_- so -_- T_T o_O T_T",
                "*_* wow *_* (*^▽^*) and (*^▽^*) (*☆▽☆*) (・_・) (・_・)",
                "f(*args, **kwargs) and g(*args, **kwargs)",
                "*.txt and *.md /* comment */ /*comment*/ a*(b+c)*d (a)*(b)*(c)",
                "5* and 6* points, *terms apply",
                "it`s ok, that`s fine",
                "はい~~ そうです~~ ~one~ ~~~three~~~",
                "**** ** * ___ ~~~~ ``` ``",
                "**!** *...* 2 *3* 4 *21*0123#, *31*",
                "* waves at everybody *",
                "- 500 €",
                "> 100",
                "> 18 years",
                "\"*\" and \"*\", replace \"_\" with \"-\" or \"_\" ok, [\"*\", \"a\", \"*\"], \"~~\" and \"~~\"",
                "split('*') and split('*') “*” und „*“ 「*」と「*」 （*）和（*）",
                "'_id' and 'x_' \"_id\": 1, \"x_\": 2 (*a) (b*) print(*a, sep='*') _(\"Hello\") + \"_\"",
                "变量_名字_测试 報告書_最終_版.docx 보고서_최종_수정.hwp รายงาน_ฉบับ_สมบูรณ์",
                "长*宽*高 長さ*幅*高さ 가로*세로*높이 哈*哈*哈 人_人 口_口 ㅠ_ㅠ ㅠ_ㅠ ㅇ_ㅇ ㅡ_ㅡ",
                "好的~~谢谢~~ はい~~です~~ 네~~알겠어요~~ です~~！ます~~！ 10時~~12時~~",
                "(*ﾟ▽ﾟ*) (*ﾟ∀ﾟ*) (*ノωノ*) (*T_T*) (*o_o*) (*'ω'*) (_ω_) (*ㅠㅠ*)",
                "*\uFE0F\u20E3和*\uFE0F\u20E3 (*σ´∀`)σ (*つ▽`)っ",
                "[\u200B](https:x)",
                "[good.org](https:///evil.org)",
                "-5 - 3 = -8\n-5",
                "- 500\n- 300",
                "--\nAlice",
                "---\n***\n* * *\n- - -",
                "# no\n## heading",
                "neither\n===\nthis\n---\nnor",
                "| a | b |\n|---|---|\n| 1 | 2 |",
                "<b>raw</b> <!-- c --> <a\nhref='x'> <script>x</script> </div>",
                "&lt;b&gt; &#60; &amp; a&b",
                "[j](javascript:alert(1)) [r](/logout) [p](//x.org) [d](data:text/html,x) [](b) ![](c.png)",
                "javascript:alert(1) [a] ftp://x_y_.org/__a__ ssh://git@bob",
                "[ ](mailto:x)",
                "x.org/json/__init__.py youtube.com/@bob",
                "http:// https:// www. www.x",
                "-",
                ">",
                "> ",
                "1.",
                "```",
                "~~~wow\nx",
                "x_ _y a b_c",
                "@nobody @bobby @... @-- @ @bobé a@bob bob@host @bob@x.social",
                "Ciao *ragazzi\n\nnext* day",
                "Größe 5*7*9, Kund*in, Lehrer*innen*zimmer",
                "ok :* love you :*",
                "$HOME/_x_/y *= /= **=",
                "char *a,*b; int *p,*q",
                "f(**a,**b) {**a,**b} f(*args,**kwargs)",
                "x = 2 **3**4, 2**3**4",
                "Lehrer**innen und Kolleg**innen, 2**!**3",
                "** Achtung! **Text, **Achtung! **Text",
                "_a._b _.map(_.x) >_< hi! >_< *_* wow!*_*",
                "ls *foo *bar, rm *a *b*c",
                "https://\uD83D\uDC4D http://❤ www.❤",
                "bob@例え bob@-.рф bob@x..рф 你好@пример.рф",
                "пример.рф/_a_/__b__ 例え.jp/*a*",
            })
    void everything_else_is_shown_as_written(String text) {
        Document document = parsed(html(text));
        assertThat(document.body().wholeText()).isEqualTo(text);
        assertThat(document.body().children()).isEmpty();
    }

    static Stream<String> emoji() {
        return Stream.of(
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
                "\uD83D\uDE00".repeat(8));
    }

    @ParameterizedTest
    @MethodSource("emoji")
    void up_to_a_few_emoji_alone_are_large(String text) {
        assertThat(MessageBody.of(SITE, message(text, Set.of())).isLarge()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "12", "\u00A9", "\u2192", "\uD83D\uDE00!", "\uD83C\uDDE9", "\u200D"})
    void words_and_signs_are_not_large(String text) {
        for (String each : List.of(text, "\uD83D\uDE00".repeat(9))) {
            assertThat(MessageBody.of(SITE, message(each, Set.of())).isLarge()).isFalse();
        }
    }

    static String html(String text) {
        StringOutput html = new StringOutput();
        MessageBody.of(SITE, message(text, USERS)).html().writeTo(html);
        return parsed(html.toString()).body().html();
    }

    static Document parsed(String html) {
        Document document = Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false);
        return document;
    }

    static Message message(String text, Set<String> mentioned) {
        return new Message(
                RoomId.LOBBY,
                1,
                AUTHOR,
                text,
                Instant.EPOCH,
                Message.Status.POSTED,
                Optional.empty(),
                List.of(),
                mentioned);
    }

    private static String strong(String... texts) {
        return "<strong>" + String.join("</strong> <strong>", texts) + "</strong>";
    }

    private static String quote(String content) {
        return "<blockquote dir=\"auto\">" + content + "</blockquote>";
    }

    private static String list(String... items) {
        return "<ul><li dir=\"auto\">" + String.join("</li><li dir=\"auto\">", items) + "</li></ul>";
    }

    private static String link(String address) {
        StringOutput text = new StringOutput();
        Escape.htmlContent(address, text);
        return link(text.toString(), text.toString());
    }

    private static String link(String address, String text) {
        return "<a href=\"" + address + "\" rel=\"noopener noreferrer nofollow\" tabindex=\"-1\">" + text + "</a>";
    }

    private static String mention(String name) {
        return mention(name, "@" + name);
    }

    private static String mention(String name, String text) {
        return "<a class=\"mention\" data-mention=\"" + name + "\" href=\"/team/@" + name + "\" tabindex=\"-1\">" + text
                + "</a>";
    }
}
