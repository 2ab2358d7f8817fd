package chat.klatsch.web.markup;

import chat.klatsch.message.Mentions;
import chat.klatsch.web.view.Site;
import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/**
 * Writes one parsed text as HTML: the elements that are named here and no others. White space is kept as it was
 * written, since the page shows it, so paragraphs are text with line breaks between. Used once, by one thread.
 */
final class MarkupHtmlWriter {
    static final Map<Class<? extends Node>, String> ELEMENTS = Map.of(
            Emphasis.class, "em",
            StrongEmphasis.class, "strong",
            Strikethrough.class, "del",
            Code.class, "code",
            FencedCodeBlock.class, "pre",
            BlockQuote.class, "blockquote",
            BulletList.class, "ul",
            OrderedList.class, "ol",
            ListItem.class, "li");
    static final List<String> PROTOCOLS = List.of("http", "https", "mailto");
    static final String REL = "noopener noreferrer nofollow";

    private static final int DEEPEST = 12;

    private final Site site;
    private final SourceText source;
    private final StringOutput html = new StringOutput();
    private int depth;
    private int read;
    private boolean inLink;
    private boolean isVisible;

    private MarkupHtmlWriter(Site site, String source) {
        this.site = site;
        this.source = new SourceText(source);
    }

    static String plain(String text) {
        StringOutput html = new StringOutput();
        Escape.htmlContent(text, html);
        return html.toString();
    }

    /** What was written, or the source as it is where there would be nothing to see. */
    static String html(Site site, String source, Node document) {
        MarkupHtmlWriter writer = new MarkupHtmlWriter(site, source);
        writer.children(document);
        return writer.isVisible ? writer.html.toString() : plain(source);
    }

    private void children(Node parent) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            gap(child);
            write(child);
            if (!child.getSourceSpans().isEmpty()) {
                read = SourceText.end(child);
            }
        }
    }

    private void write(Node node) {
        if (node instanceof Text text) {
            text(text.getLiteral());
        } else if (node instanceof HtmlInline tag) {
            text(tag.getLiteral());
        } else if (node instanceof SoftLineBreak || node instanceof HardLineBreak) {
            lineBreak(node);
        } else if (node instanceof MentionNode mention) {
            mention(mention.name());
        } else if (node instanceof Link link) {
            link(link.getDestination(), link);
        } else if (node instanceof Image image) {
            // Nothing is fetched from elsewhere for a reader who has not asked for it.
            link(image.getDestination(), image);
        } else if (node instanceof LinkReferenceDefinition) {
            text(source.of(node));
        } else {
            element(node);
        }
    }

    private void element(Node node) {
        String name = ELEMENTS.get(node.getClass());
        if (name == null || depth == DEEPEST) {
            content(node);
            return;
        }
        depth++;
        html.writeContent("<" + name + attributes(node) + ">");
        content(node);
        html.writeContent("</" + name + ">");
        depth--;
    }

    private static String attributes(Node node) {
        if (node instanceof OrderedList list && list.getMarkerStartNumber() != 1) {
            return " start=\"" + list.getMarkerStartNumber() + "\"";
        }
        // Long lines scroll by themselves, so the keyboard must get there.
        return node instanceof FencedCodeBlock ? " tabindex=\"0\"" : "";
    }

    private void content(Node node) {
        if (node instanceof Code code) {
            text(code.getLiteral());
        } else if (node instanceof FencedCodeBlock block) {
            html.writeContent("<code>");
            if (!isLanguage(block)) {
                text(source.firstLine(block) + "\n");
            }
            text(block.getLiteral());
            html.writeContent("</code>");
        } else {
            children(node);
        }
    }

    /** Whether what follows the fence names a language, as {@code ```java} does, and is not something to read. */
    private static boolean isLanguage(FencedCodeBlock block) {
        String info = block.getInfo();
        return info.isEmpty()
                || block.getFenceCharacter().equals("`") && info.chars().noneMatch(Character::isWhitespace);
    }

    /** Between paragraphs there is what was between them, where no mark of a quote or a list can be in it. */
    private void gap(Node node) {
        if (isParagraph(node) && node.getPrevious() != null && isParagraph(node.getPrevious())) {
            boolean isPlaced = !node.getSourceSpans().isEmpty()
                    && !node.getPrevious().getSourceSpans().isEmpty();
            text(node.getParent() instanceof Document && isPlaced ? source.between(node.getPrevious(), node) : "\n\n");
        }
    }

    private void lineBreak(Node lineBreak) {
        Node block = lineBreak.getParent();
        while (!(block instanceof Paragraph)) {
            block = block.getParent();
        }
        text(block.getParent() instanceof Document ? source.lineBreak(read) : "\n");
    }

    private void mention(String name) {
        if (inLink) {
            text("@" + name);
            return;
        }
        html.writeContent("<a class=\"mention\" data-mention=\"" + Mentions.comparable(name) + "\" href=\"");
        Escape.htmlAttribute(site.path("/@" + name), html);
        html.writeContent("\">");
        text("@" + name);
        html.writeContent("</a>");
    }

    /** A link to somewhere else on the web; one that leads elsewhere is shown as it was written. */
    private void link(String destination, Node node) {
        if (inLink || isBare(destination, node) && !isOutward(destination)) {
            children(node);
            return;
        }
        if (!isOutward(destination)) {
            text(source.of(node));
            return;
        }
        html.writeContent("<a href=\"");
        Escape.htmlAttribute(destination, html);
        html.writeContent("\" rel=\"" + REL + "\">");
        inLink = true;
        if (node.getFirstChild() == null) {
            text(destination);
        }
        children(node);
        inLink = false;
        html.writeContent("</a>");
    }

    private static boolean isBare(String destination, Node node) {
        return node.getFirstChild() instanceof Text text && text.getLiteral().equals(destination);
    }

    private static boolean isOutward(String destination) {
        String lower = destination.toLowerCase(Locale.ROOT);
        return PROTOCOLS.stream().anyMatch(protocol -> lower.startsWith(protocol + ":"));
    }

    private void text(String text) {
        isVisible |= !text.isBlank();
        Escape.htmlContent(text, html);
    }

    private static boolean isParagraph(Node node) {
        return node instanceof Paragraph || node instanceof LinkReferenceDefinition;
    }
}
