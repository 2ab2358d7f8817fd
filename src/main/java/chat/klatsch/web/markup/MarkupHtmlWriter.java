package chat.klatsch.web.markup;

import chat.klatsch.markup.Node;
import chat.klatsch.web.view.Site;
import gg.jte.TemplateOutput;
import gg.jte.html.escape.Escape;
import java.util.List;

/**
 * Writes a parsed text as HTML with the elements below and no others. The page preserves white space, so text outside
 * blocks needs no elements. Every block finds its own direction; code is written from left to right. The arrow keys lead to
 * links, which the Tab key passes over. Not thread-safe.
 */
final class MarkupHtmlWriter {
    private static final String REL = "noopener noreferrer nofollow";

    private final Site site;
    private final TemplateOutput html;
    private boolean isInLink;

    MarkupHtmlWriter(Site site, TemplateOutput html) {
        this.site = site;
        this.html = html;
    }

    void write(List<Node> nodes) {
        nodes.forEach(this::write);
    }

    private void write(Node node) {
        if (node instanceof Node.Text text) {
            writeText(text.text());
        } else if (node instanceof Node.Styled styled) {
            String name = element(styled.style());
            writeElement("<" + name + ">", styled.content(), "</" + name + ">");
        } else if (node instanceof Node.Code code) {
            html.writeContent("<code dir=\"ltr\">");
            writeText(code.code());
            html.writeContent("</code>");
        } else if (node instanceof Node.CodeBlock block) {
            writeCodeBlock(block);
        } else if (node instanceof Node.Quote quote) {
            writeElement("<blockquote dir=\"auto\">", quote.content(), "</blockquote>");
        } else if (node instanceof Node.BulletList list) {
            html.writeContent("<ul>");
            list.items().forEach(item -> writeElement("<li dir=\"auto\">", item.content(), "</li>"));
            html.writeContent("</ul>");
        } else if (node instanceof Node.Link link) {
            writeLink(link);
        } else if (node instanceof Node.Mention mention) {
            writeMention(mention);
        }
    }

    private static String element(Node.Style style) {
        return switch (style) {
            case EMPHASIS -> "em";
            case STRONG -> "strong";
            case STRIKETHROUGH -> "del";
        };
    }

    private void writeElement(String start, List<Node> content, String end) {
        html.writeContent(start);
        write(content);
        html.writeContent(end);
    }

    /** Writes a code block, which scrolls on its own, so it must be reachable by keyboard. */
    private void writeCodeBlock(Node.CodeBlock block) {
        html.writeContent("<pre dir=\"ltr\" tabindex=\"0\">");
        if (!block.language().isEmpty()) {
            html.writeContent("<span class=\"language\">");
            writeText(block.language() + "\n");
            html.writeContent("</span>");
        }
        html.writeContent("<code>");
        writeText(block.code());
        html.writeContent("</code></pre>");
    }

    private void writeLink(Node.Link link) {
        html.writeContent("<a href=\"");
        Escape.htmlAttribute(link.address(), html);
        html.writeContent("\" rel=\"" + REL + "\" tabindex=\"-1\"" + target() + ">");
        isInLink = true;
        write(link.content());
        isInLink = false;
        html.writeContent("</a>");
        if (!link.host().isEmpty()) {
            html.writeContent("<bdi class=\"host\"> (");
            writeText(link.host());
            html.writeContent(")</bdi>");
        }
    }

    private void writeMention(Node.Mention mention) {
        String name = isInLink ? "span" : "a";
        html.writeContent("<" + name + " class=\"mention\" data-mention=\"");
        Escape.htmlAttribute(mention.username(), html);
        if (!isInLink) {
            html.writeContent("\" href=\"");
            Escape.htmlAttribute(site.profile(mention.username()), html);
            html.writeContent("\" tabindex=\"-1\"" + target() + ">");
        } else {
            html.writeContent("\">");
        }
        writeText(mention.text());
        html.writeContent("</" + name + ">");
    }

    private String target() {
        return site.outward() == null ? "" : " target=\"" + site.outward() + "\"";
    }

    private void writeText(String text) {
        Escape.htmlContent(text, html);
    }
}
