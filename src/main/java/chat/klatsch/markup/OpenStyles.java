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
    private static final class Frame {
        final char mark;
        final int length;
        final int before;
        final int start;
        final List<Node> content = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        boolean hasWord;
        boolean hasLetter;

        /** @param before the character before the mark */
        Frame(char mark, int length, int before, int start) {
            this.mark = mark;
            this.length = length;
            this.before = before;
            this.start = start;
        }

        void add(Node node) {
            flush();
            content.add(node);
            hasWord = true;
            hasLetter = true;
        }

        void addText(String added) {
            text.append(added);
            hasLetter = hasLetter
                    || added.codePoints().anyMatch(each -> Character.isLetter(each) || Characters.isEmoji(each));
            hasWord = hasWord || hasLetter || added.codePoints().anyMatch(Characters::isWord);
        }

        List<Node> flush() {
            if (!text.isEmpty()) {
                content.add(new Node.Text(text.toString()));
                text.setLength(0);
            }
            return content;
        }
    }

    private static final int MAX_DEPTH = 12;

    private final String text;
    private final List<Frame> frames = new ArrayList<>(List.of(new Frame('\0', 0, Characters.NONE, 0)));

    OpenStyles(String text) {
        this.text = text;
    }

    /** Parses a run of marks at an index, and returns its end. */
    int parse(int index) {
        char mark = text.charAt(index);
        int end = Characters.endOfRun(text, index);
        int left = end - index;
        int next = Characters.at(text, end);
        boolean isKeycap = next == 0xfe0f || next == 0x20e3;
        if (isStyle(mark, left) && !isKeycap) {
            int before = before(text, index);
            int after = after(text, end);
            if (Characters.mayClose(before, after)) {
                left = close(mark, left, index, after);
            }
            // Only a double star begins within the text of scripts without blanks, where the others join words.
            boolean isGlued = (mark != '*' || left == 1) && Characters.isGlued(before);
            if (left > 0 && frames.size() <= MAX_DEPTH && !isGlued && Characters.mayOpen(before, after)) {
                frames.add(new Frame(mark, left, before, end));
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

    /** Returns the character before a mark and the marks beside it, which are judged by what is around them all. */
    private static int before(String text, int index) {
        int start = index;
        while (start > 0 && Characters.isStyleMark(text.charAt(start - 1))) {
            start--;
        }
        return Characters.before(text, start);
    }

    private static int after(String text, int index) {
        int end = index;
        while (end < text.length() && Characters.isStyleMark(text.charAt(end))) {
            end++;
        }
        return Characters.at(text, end);
    }

    void add(Node node) {
        last().add(node);
    }

    void addText(String text) {
        last().addText(text);
    }

    boolean isOpen(int mark) {
        return frames.stream().anyMatch(frame -> frame.mark == mark);
    }

    /** Ends styles by a run of marks, and returns how many of the marks are left over. */
    private int close(char mark, int length, int end, int after) {
        int left = length;
        for (int index = opener(mark, left); index > 0; index = opener(mark, left)) {
            Frame opener = frames.get(index);
            if (!Emphasized.isText(text.substring(opener.start, end), opener.before, after, left)) {
                return left;
            }
            while (frames.size() > index + 1) {
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
        while (frames.size() > 1) {
            turnIntoText();
        }
    }

    /** Returns the index of the innermost style that a run of marks ends, or 0. */
    private int opener(char mark, int length) {
        boolean hasWord = false;
        for (int i = frames.size() - 1; i > 0 && length > 0; i--) {
            Frame frame = frames.get(i);
            hasWord |= length == 1 || frame.length == 1 ? frame.hasLetter : frame.hasWord;
            if (frame.mark == mark && (frame.length == length || frame.length == 3 || length == 3)) {
                return hasWord ? i : 0;
            }
        }
        return 0;
    }

    private void closeLast(int used) {
        Frame closed = frames.remove(frames.size() - 1);
        Style style = closed.mark == '~' ? Style.STRIKETHROUGH : used == 2 ? Style.STRONG : Style.EMPHASIS;
        if (closed.length > used) {
            frames.add(new Frame(closed.mark, closed.length - used, closed.before, closed.start));
        }
        add(new Node.Styled(style, List.copyOf(closed.flush())));
    }

    private void turnIntoText() {
        Frame open = frames.remove(frames.size() - 1);
        addText(Character.toString(open.mark).repeat(open.length));
        for (Node node : open.flush()) {
            if (node instanceof Node.Text text) {
                addText(text.text());
            } else {
                add(node);
            }
        }
    }

    private Frame last() {
        return frames.get(frames.size() - 1);
    }
}
