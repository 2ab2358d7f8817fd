package chat.klatsch.markup;

import chat.klatsch.markup.Node.Style;
import java.util.ArrayList;
import java.util.List;

/**
 * The styles that are open at one point of a text, the outermost first, with what they contain so far. A mark that is
 * never closed, or that would contain no word, becomes text again. A single mark needs a letter: {@code *} around a number
 * is rather an operator or part of a code. Confined to one parse.
 */
final class OpenStyles {
    private static final int MAX_DEPTH = 12;

    private final String text;
    private final List<OpenStyle> open = new ArrayList<>();

    /** The end of the marks beside each other, which are judged by what is around them all. */
    private int endOfMarks;

    private int before;
    private int after;

    /** True for marks that form an emoticon such as {@code *_*}. */
    private boolean isFace;

    OpenStyles(String text) {
        this.text = text;
        open.add(new OpenStyle('\0', 0, new Emphasized(text, 0, Characters.NONE)));
    }

    /** Parses a run of marks at an index, and returns its end. */
    int parse(int index) {
        char mark = text.charAt(index);
        int end = Characters.endOfRun(text, index);
        int left = end - index;
        int next = Characters.at(text, end);
        boolean isKeycap = next == 0xfe0f || next == 0x20e3;
        readAround(index);
        if (isStyle(mark, left) && !isKeycap && !isFace) {
            if (Characters.mayClose(before, after) || Characters.mayCloseBeforeWord(mark, left, before, after)) {
                left = close(mark, left, index);
            }
            // Only a double star begins within the text of scripts without blanks, where the others join words.
            boolean isGlued = (mark != '*' || left == 1) && Characters.isWord(before);
            if (left > 0 && open.size() <= MAX_DEPTH && !isGlued && Characters.mayOpen(before, after)) {
                open.add(new OpenStyle(mark, left, new Emphasized(text, end, before)));
                return end;
            }
        }
        addText(text.substring(end - left, end));
        return end;
    }

    private static boolean isStyle(char mark, int length) {
        return switch (mark) {
            case '*' -> length <= 3;
            case '_' -> length == 1;
            default -> length == 2;
        };
    }

    private void readAround(int index) {
        if (index < endOfMarks) {
            return;
        }
        int start = index;
        while (start > 0 && Characters.isStyleMark(text.charAt(start - 1))) {
            start--;
        }
        endOfMarks = index;
        while (endOfMarks < text.length() && Characters.isStyleMark(text.charAt(endOfMarks))) {
            endOfMarks++;
        }
        isFace = text.charAt(start) == text.charAt(endOfMarks - 1) && Characters.endOfRun(text, start) < endOfMarks;
        before = Characters.before(text, start);
        after = Characters.at(text, endOfMarks);
    }

    void add(Node node) {
        last().add(node);
    }

    void addText(String text) {
        last().addText(text);
    }

    boolean isOpen(int mark) {
        for (OpenStyle style : open) {
            if (style.mark == mark) {
                return true;
            }
        }
        return false;
    }

    /** Ends styles by a run of marks, and returns how many of the marks are left over. */
    private int close(char mark, int length, int end) {
        int left = length;
        for (int index = opener(mark, left); index > 0; index = opener(mark, left)) {
            if (!open.get(index).emphasized.isText(end, after, left)) {
                return left;
            }
            while (open.size() > index + 1) {
                turnIntoText();
            }
            int used = Math.min(2, Math.min(last().length, left));
            closeLast(used);
            left -= used;
        }
        return left;
    }

    /** Ends all styles, and returns the content of the text. */
    List<Node> close() {
        closeAll();
        return last().flush();
    }

    /** Turns the marks of all open styles into text. */
    void closeAll() {
        while (open.size() > 1) {
            turnIntoText();
        }
    }

    /** Returns the index of the innermost style that a run of marks ends, or 0. */
    private int opener(char mark, int length) {
        boolean isContent = false;
        for (int i = open.size() - 1; i > 0 && length > 0; i--) {
            OpenStyle style = open.get(i);
            isContent |= style.isContent(length);
            if (style.mark == mark && (style.length == length || style.length == 3 || length == 3)) {
                return isContent ? i : 0;
            }
        }
        return 0;
    }

    private void closeLast(int used) {
        OpenStyle closed = open.remove(open.size() - 1);
        Style style = closed.mark == '~' ? Style.STRIKETHROUGH : used == 2 ? Style.STRONG : Style.EMPHASIS;
        if (closed.length > used) {
            open.add(new OpenStyle(closed.mark, closed.length - used, closed.emphasized));
        }
        add(new Node.Styled(style, List.copyOf(closed.flush())));
    }

    private void turnIntoText() {
        OpenStyle last = open.remove(open.size() - 1);
        last().addAsText(last);
    }

    private OpenStyle last() {
        return open.get(open.size() - 1);
    }
}
