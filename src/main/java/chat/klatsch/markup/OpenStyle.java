package chat.klatsch.markup;

import java.util.ArrayList;
import java.util.List;

/** A style that is not closed yet, with its content so far. Confined to one parse. */
final class OpenStyle {
    final char mark;
    final int length;
    final Emphasized emphasized;
    private final List<Node> content = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean hasWord;
    private boolean hasLetter;

    /** @param length the number of marks */
    OpenStyle(char mark, int length, Emphasized emphasized) {
        this.mark = mark;
        this.length = length;
        this.emphasized = emphasized;
    }

    /** Returns whether the content may be drawn by a number of marks: a single one needs more than a number. */
    boolean isContent(int marks) {
        return marks == 1 || length == 1 ? hasLetter : hasWord;
    }

    void add(Node node) {
        flush();
        content.add(node);
        hasWord = true;
        hasLetter = true;
    }

    void addText(String added) {
        text.append(added);
        for (int at = 0; at < added.length() && !hasLetter; ) {
            int character = added.codePointAt(at);
            hasLetter = Character.isLetter(character) || Characters.isEmoji(character);
            hasWord = hasWord || hasLetter || Characters.isWord(character);
            at += Character.charCount(character);
        }
    }

    /** Adds the marks and the content of a style that is never closed. */
    void addAsText(OpenStyle open) {
        text.append(Character.toString(open.mark).repeat(open.length));
        for (Node node : open.flush()) {
            if (node instanceof Node.Text plain) {
                text.append(plain.text());
            } else {
                add(node);
            }
        }
        hasWord |= open.hasWord;
        hasLetter |= open.hasLetter;
    }

    List<Node> flush() {
        if (!text.isEmpty()) {
            content.add(new Node.Text(text.toString()));
            text.setLength(0);
        }
        return content;
    }
}
