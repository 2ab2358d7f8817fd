package chat.klatsch.web.markup;

import chat.klatsch.message.Mentions;
import java.util.Set;
import org.commonmark.node.CustomNode;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/** A username after an {@code @}. */
final class MentionNode extends CustomNode {
    private final String name;

    private MentionNode(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Finds mentions during parsing, which already tells code, links and escapes from text. */
    static final class Factory implements InlineContentParserFactory {
        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('@');
        }

        @Override
        public InlineContentParser create() {
            return Factory::parse;
        }

        private static ParsedInline parse(InlineParserState state) {
            Scanner scanner = state.scanner();
            int previous = scanner.peekPreviousCodePoint();
            scanner.next();
            Position start = scanner.position();
            StringBuilder following = new StringBuilder();
            while (scanner.peek() != Scanner.END && scanner.peek() != '\n' && following.length() < Mentions.WINDOW) {
                following.append(scanner.peek());
                scanner.next();
            }
            return Mentions.name(previous, following.toString())
                    .map(name -> {
                        scanner.setPosition(start);
                        name.chars().forEach(letter -> scanner.next());
                        return ParsedInline.of(new MentionNode(name), scanner.position());
                    })
                    .orElseGet(ParsedInline::none);
        }
    }
}
