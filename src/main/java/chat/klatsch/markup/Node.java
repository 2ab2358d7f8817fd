package chat.klatsch.markup;

import java.util.List;

/**
 * A part of a parsed message. The texts of all nodes in order are the source without its marks: line breaks and white
 * space included, so a reader that preserves white space shows the text as it was written.
 */
public sealed interface Node {
    /** Returns the text that the nodes of a link show. */
    static String text(List<Node> nodes) {
        StringBuilder text = new StringBuilder();
        for (Node node : nodes) {
            if (node instanceof Text plain) {
                text.append(plain.text());
            } else if (node instanceof Styled styled) {
                text.append(text(styled.content()));
            } else if (node instanceof Code code) {
                text.append(code.code());
            } else if (node instanceof Mention mention) {
                text.append(mention.text());
            }
        }
        return text.toString();
    }

    /** Text as it was written. */
    record Text(String text) implements Node {}

    record Styled(Style style, List<Node> content) implements Node {}

    enum Style {
        EMPHASIS,
        STRONG,
        STRIKETHROUGH
    }

    /** Code within a line. */
    record Code(String code) implements Node {}

    /** @param language the word after the opening fence, or empty */
    record CodeBlock(String language, String code) implements Node {}

    record Quote(List<Node> content) implements Node {}

    record BulletList(List<Item> items) implements Node {}

    /** An item of a list, which ends with its nested list, if it has one. */
    record Item(List<Node> content) {}

    /**
     * A link.
     *
     * @param address begins with {@code http:}, {@code https:} or {@code mailto:}
     * @param host the host of the address if the content looks like another host, or else empty
     */
    record Link(String address, String host, List<Node> content) implements Node {}

    /**
     * A mention of a user.
     *
     * @param username in the form in which usernames are compared
     * @param text the name as it was written, with the {@code @}
     */
    record Mention(String username, String text) implements Node {}
}
