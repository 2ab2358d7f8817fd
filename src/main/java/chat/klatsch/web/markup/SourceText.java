package chat.klatsch.web.markup;

import java.util.List;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;

/** A text as it was written, and where in it the parts are that were made of it. */
record SourceText(String text) {
    /** What a part was written as. */
    String of(Node node) {
        return text.substring(start(node), end(node));
    }

    /** What a part's first line was written as. */
    String firstLine(Node node) {
        SourceSpan line = node.getSourceSpans().get(0);
        return text.substring(line.getInputIndex(), line.getInputIndex() + line.getLength());
    }

    /** The white space between two parts that follow each other. */
    String between(Node node, Node next) {
        return blanks(end(node), start(next));
    }

    /** The white space around the first line break from a place on. */
    String lineBreak(int from) {
        int at = text.indexOf('\n', from);
        return blanks(at, at);
    }

    static int end(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        SourceSpan last = spans.get(spans.size() - 1);
        int end = last.getInputIndex() + last.getLength();
        boolean isFollowed = node instanceof LinkReferenceDefinition && node.getNext() instanceof Paragraph;
        return isFollowed ? Math.min(end, start(node.getNext()) - 1) : end;
    }

    /**
     * A line after a definition that begins like its title, and is none, is counted to the definition by the parser:
     * a paragraph is where its text is, therefore.
     */
    private static int start(Node node) {
        Node first = node instanceof Paragraph ? node.getFirstChild() : node;
        return first.getSourceSpans().get(0).getInputIndex();
    }

    private String blanks(int from, int to) {
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
