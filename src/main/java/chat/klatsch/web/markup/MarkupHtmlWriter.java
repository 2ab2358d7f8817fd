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
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/**
 * Writes one parsed text as HTML with the elements that are listed here and no others. The page preserves white space, so
 * paragraphs are plain text with the source's line breaks between them. Not thread-safe.
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

    private static final int MAX_DEPTH = 12;

    private final Site site;
    private final SourceText source;
    private final StringOutput html = new StringOutput();
    private int depth;

    /** The end of the last written node in the source. */
    private int sourceEnd;

    private boolean inLink;
    private boolean isVisible;

    private MarkupHtmlWriter(Site site, String source) {
        this.site = site;
        this.source = new SourceText(source);
    }

    static String escape(String text) {
        StringOutput html = new StringOutput();
        Escape.htmlContent(text, html);
        return html.toString();
    }

    /** Returns the HTML, or the source as plain text if nothing would be visible. */
    static String render(Site site, String source, Node document) {
        MarkupHtmlWriter writer = new MarkupHtmlWriter(site, source);
        writer.writeChildren(document);
        return writer.isVisible ? writer.html.toString() : escape(source);
    }

    private void writeChildren(Node parent) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            writeText(source.gapBefore(child));
            write(child);
            if (!child.getSourceSpans().isEmpty()) {
                sourceEnd = SourceText.end(child);
            }
        }
    }

    private void write(Node node) {
        if (node instanceof Text text) {
            writeText(text.getLiteral());
        } else if (node instanceof HtmlInline tag) {
            writeText(tag.getLiteral());
        } else if (node instanceof SoftLineBreak || node instanceof HardLineBreak) {
            writeText(source.lineBreak(node, sourceEnd));
        } else if (node instanceof MentionNode mention) {
            writeMention(mention.name());
        } else if (node instanceof Link link) {
            writeLink(link.getDestination(), link);
        } else if (node instanceof Image image) {
            // An embedded image would make every reader fetch it from a foreign server.
            writeLink(image.getDestination(), image);
        } else if (node instanceof LinkReferenceDefinition) {
            writeText(source.of(node));
        } else {
            writeElement(node);
        }
    }

    private void writeElement(Node node) {
        String name = ELEMENTS.get(node.getClass());
        if (name == null || depth == MAX_DEPTH) {
            writeContent(node);
            return;
        }
        depth++;
        html.writeContent("<" + name + attributes(node) + ">");
        writeContent(node);
        html.writeContent("</" + name + ">");
        depth--;
    }

    private static String attributes(Node node) {
        if (node instanceof OrderedList list && list.getMarkerStartNumber() != 1) {
            return " start=\"" + list.getMarkerStartNumber() + "\"";
        }
        // A code block scrolls on its own, so it must be reachable by keyboard.
        return node instanceof FencedCodeBlock ? " tabindex=\"0\"" : "";
    }

    private void writeContent(Node node) {
        if (node instanceof Code code) {
            writeText(code.getLiteral());
        } else if (node instanceof FencedCodeBlock block) {
            html.writeContent("<code>");
            if (!isLanguage(block)) {
                writeText(source.firstLine(block) + "\n");
            }
            writeText(block.getLiteral());
            html.writeContent("</code>");
        } else {
            writeChildren(node);
        }
    }

    /** Returns whether the text after the fence names a language, as {@code ```java} does, rather than being code. */
    private static boolean isLanguage(FencedCodeBlock block) {
        String info = block.getInfo();
        return info.isEmpty()
                || block.getFenceCharacter().equals("`") && info.chars().noneMatch(Character::isWhitespace);
    }

    private void writeMention(String name) {
        if (inLink) {
            writeText("@" + name);
            return;
        }
        html.writeContent("<a class=\"mention\" data-mention=\"" + Mentions.comparable(name) + "\" href=\"");
        Escape.htmlAttribute(site.path("/@" + name), html);
        html.writeContent("\">");
        writeText("@" + name);
        html.writeContent("</a>");
    }

    /** Writes a link if its protocol is allowed, else the source. */
    private void writeLink(String destination, Node node) {
        if (inLink || isBare(destination, node) && !isAllowed(destination)) {
            writeChildren(node);
            return;
        }
        if (!isAllowed(destination)) {
            writeText(source.of(node));
            return;
        }
        html.writeContent("<a href=\"");
        Escape.htmlAttribute(destination, html);
        html.writeContent("\" rel=\"" + REL + "\">");
        inLink = true;
        if (node.getFirstChild() == null) {
            writeText(destination);
        }
        writeChildren(node);
        inLink = false;
        html.writeContent("</a>");
    }

    private static boolean isBare(String destination, Node node) {
        return node.getFirstChild() instanceof Text text && text.getLiteral().equals(destination);
    }

    private static boolean isAllowed(String destination) {
        String lower = destination.toLowerCase(Locale.ROOT);
        return PROTOCOLS.stream().anyMatch(protocol -> lower.startsWith(protocol + ":"));
    }

    private void writeText(String text) {
        isVisible |= !text.isBlank();
        Escape.htmlContent(text, html);
    }
}
