package chat.klatsch.web.markup;

import chat.klatsch.web.view.Site;
import gg.jte.Content;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message's text as HTML. It may say what people say in Markdown: bold, italic, struck out, code, quotes, lists,
 * links; and it may call somebody by {@code @username}. All else is shown as it was written, spaces and line breaks
 * included. Thread-safe.
 */
public final class Markup {
    /** Longer texts, and ones nested deeper, are nothing that somebody wrote for others to read. */
    private static final int LONGEST = 10_000;

    private static final Pattern TOO_DEEP =
            Pattern.compile("(?m)^(?:[ \\t]*+(?:>|[-+*](?=[ \\t])|[0-9]{1,9}[.)](?=[ \\t]))){9}");

    /** Without any of these a text is what it is; most are, and parsing them would take ten times as long. */
    private static final String MARKS = "*_~`[<>@\\";

    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(Set.of(BlockQuote.class, FencedCodeBlock.class, ListBlock.class))
            .extensions(List.of(
                    AutolinkExtension.create(),
                    StrikethroughExtension.builder().requireTwoTildes(true).build()))
            .customInlineContentParserFactory(new MentionNode.Factory())
            .customInlineContentParserFactory(new LiteralAmpersand())
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    /** What is written is safe already; this makes sure of it. */
    private static final PolicyFactory SAFE = new HtmlPolicyBuilder()
            .allowElements(MarkupHtmlWriter.ELEMENTS.values().toArray(String[]::new))
            .allowElements("a")
            .allowUrlProtocols(MarkupHtmlWriter.PROTOCOLS.toArray(String[]::new))
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("rel")
            .matching(true, MarkupHtmlWriter.REL)
            .onElements("a")
            .allowAttributes("class")
            .matching(true, "mention")
            .onElements("a")
            .allowAttributes("data-mention")
            .matching(Pattern.compile("[a-z0-9_.-]{2,32}"))
            .onElements("a")
            .allowAttributes("start")
            .matching(Pattern.compile("[0-9]{1,9}"))
            .onElements("ol")
            .allowAttributes("tabindex")
            .matching(true, "0")
            .onElements("pre")
            .toFactory();

    private static final Logger log = LoggerFactory.getLogger(Markup.class);

    private Markup() {}

    /** What {@code .body} of a message holds. */
    public static Content of(Site site, String body) {
        String html = html(site, body);
        return output -> output.writeContent(html);
    }

    /** Whether a message is nothing but a few emoji, which are shown large. */
    public static boolean isLarge(String body) {
        return EmojiOnly.alone(body);
    }

    private static String html(Site site, String body) {
        if (body.length() > LONGEST || isPlain(body) || TOO_DEEP.matcher(body).find()) {
            return MarkupHtmlWriter.plain(body);
        }
        try {
            return SAFE.sanitize(MarkupHtmlWriter.html(site, body, PARSER.parse(body)));
        } catch (RuntimeException e) {
            // One message that nobody can draw would keep everybody from those after it.
            log.error("A message's formatting failed, so it is shown as it was written", e);
            return MarkupHtmlWriter.plain(body);
        }
    }

    private static boolean isPlain(String body) {
        boolean isStart = true;
        for (int i = 0; i < body.length(); i++) {
            char letter = body.charAt(i);
            boolean isItem = isStart && (letter == '-' || letter == '+' || letter >= '0' && letter <= '9');
            if (isItem || MARKS.indexOf(letter) >= 0) {
                return false;
            }
            isStart = letter == '\n' || isStart && (letter == ' ' || letter == '\t');
        }
        return !body.contains("://") && !body.contains("www.");
    }
}
