package chat.klatsch.web.markup;

import java.util.List;
import org.commonmark.node.Document;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;

/** A text before parsing. Finds the source of parsed nodes in it. */
record SourceText(String text) {
    /** Returns the source of a node. */
    String of(Node node) {
        return text.substring(start(node), end(node));
    }

    /** Returns the first line of a node's source. */
    String firstLine(Node node) {
        SourceSpan line = node.getSourceSpans().get(0);
        return text.substring(line.getInputIndex(), line.getInputIndex() + line.getLength());
    }

    /**
     * Returns the white space between a paragraph and the one before it, and nothing for any other node. Inside a quote or
     * a list the source between them contains markers, so it is a blank line.
     */
    String gapBefore(Node node) {
        Node previous = node.getPrevious();
        if (previous == null || !isParagraph(node) || !isParagraph(previous)) {
            return "";
        }
        boolean hasSource =
                !node.getSourceSpans().isEmpty() && !previous.getSourceSpans().isEmpty();
        return node.getParent() instanceof Document && hasSource ? whiteSpace(end(previous), start(node)) : "\n\n";
    }

    /** Returns the white space around a line break, the first one at or after an index. */
    String lineBreak(Node node, int from) {
        Node block = node.getParent();
        while (!(block instanceof Paragraph)) {
            block = block.getParent();
        }
        int at = text.indexOf('\n', from);
        return block.getParent() instanceof Document ? whiteSpace(at, at) : "\n";
    }

    static int end(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        SourceSpan last = spans.get(spans.size() - 1);
        int end = last.getInputIndex() + last.getLength();
        boolean isFollowed = node instanceof LinkReferenceDefinition && node.getNext() instanceof Paragraph;
        return isFollowed ? Math.min(end, start(node.getNext()) - 1) : end;
    }

    /**
     * Returns the start of a paragraph's text rather than of the paragraph: the parser counts a line that follows a link
     * reference definition and only looks like its title to the definition.
     */
    private static int start(Node node) {
        Node first = node instanceof Paragraph ? node.getFirstChild() : node;
        return first.getSourceSpans().get(0).getInputIndex();
    }

    private static boolean isParagraph(Node node) {
        return node instanceof Paragraph || node instanceof LinkReferenceDefinition;
    }

    private String whiteSpace(int from, int to) {
        int first = from;
        int last = to;
        while (first > 0 && Character.isWhitespace(text.charAt(first - 1))) {
            first--;
        }
        while (last < text.length() && Character.isWhitespace(text.charAt(last))) {
            last++;
        }
        return text.substring(first, last);
    }
}
