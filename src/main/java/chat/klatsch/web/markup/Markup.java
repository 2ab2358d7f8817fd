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
 * Renders a message's text as HTML. It supports bold, italic, strikethrough, code, quotes, lists and links of Markdown,
 * and {@code @username} mentions. Everything else is shown as written, including white space. Thread-safe.
 */
public final class Markup {
    /** Longer or more deeply nested texts are shown as written, which bounds the cost of parsing. */
    private static final int MAX_LENGTH = 10_000;

    private static final Pattern TOO_DEEP =
            Pattern.compile("(?m)^(?:[ \\t]*+(?:>|[-+*](?=[ \\t])|[0-9]{1,9}[.)](?=[ \\t]))){9}");

    /** Most texts have none of these characters; to parse them would take ten times as long. */
    private static final String MARKUP_CHARACTERS = "*_~`[<>@\\";

    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(Set.of(BlockQuote.class, FencedCodeBlock.class, ListBlock.class))
            .extensions(List.of(
                    AutolinkExtension.create(),
                    StrikethroughExtension.builder().requireTwoTildes(true).build()))
            .customInlineContentParserFactory(new MentionNode.Factory())
            .customInlineContentParserFactory(new LiteralAmpersand())
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    /** A second line of defence: {@link MarkupHtmlWriter} already writes nothing else. */
    private static final PolicyFactory SANITIZER = new HtmlPolicyBuilder()
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

    /** Returns the content of a message's {@code .body} element. */
    public static Content of(Site site, String body) {
        String html = render(site, body);
        return output -> output.writeContent(html);
    }

    /** Returns whether the message consists of a few emoji, which are shown large. */
    public static boolean isLarge(String body) {
        return EmojiOnly.matches(body);
    }

    private static String render(Site site, String body) {
        if (body.length() > MAX_LENGTH
                || isPlain(body)
                || TOO_DEEP.matcher(body).find()) {
            return MarkupHtmlWriter.escape(body);
        }
        try {
            return SANITIZER.sanitize(MarkupHtmlWriter.render(site, body, PARSER.parse(body)));
        } catch (RuntimeException e) {
            // A message that fails to render would otherwise block all later messages of the room.
            log.error("Formatting a message failed; showing it as written", e);
            return MarkupHtmlWriter.escape(body);
        }
    }

    private static boolean isPlain(String body) {
        boolean isStart = true;
        for (int i = 0; i < body.length(); i++) {
            char character = body.charAt(i);
            boolean isItem = isStart && (character == '-' || character == '+' || character >= '0' && character <= '9');
            if (isItem || MARKUP_CHARACTERS.indexOf(character) >= 0) {
                return false;
            }
            isStart = character == '\n' || isStart && (character == ' ' || character == '\t');
        }
        return !body.contains("://") && !body.contains("www.");
    }
}
